import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { startDynamoDbLocal } from '#infra/local/tables/dynamodb-local.ts';
import { findProgram } from '#test/support/find-program.ts';
import { describeEngine } from './suites/engine.ts';

const OLDEST_JAVA = 17;

const hasJava = (): boolean => {
  if (findProgram('java') === undefined) return false;
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) >= OLDEST_JAVA;
};

// The referee: Amazon's own. Where there is no Java, the laptop's engine has to do.
describe.skipIf(!hasJava())('DynamoDB Local', () => {
  describeEngine(() => startDynamoDbLocal({ onDeath: (cause) => console.error(`It died: ${cause}`) }));
});
