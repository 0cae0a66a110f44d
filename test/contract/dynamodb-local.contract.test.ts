import { describe } from 'vitest';
import { hasJava, startDynamoDbLocal } from '#test/support/stores/dynamodb-local.ts';
import { describeEngine } from './suites/engine.ts';

// The referee: Amazon's own. Where there is no Java, the laptop's engine has to do.
describe.skipIf(!hasJava())('DynamoDB Local', () => {
  describeEngine(startDynamoDbLocal);
});
