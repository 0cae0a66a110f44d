import { type Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * Lets a function do exactly these things with exactly these resources. The `grant...` methods of the CDK are
 * for everybody's needs and add what none of our functions uses (a sender may read the attributes of its queue,
 * say), and `npm run permissions` refuses every grant that nothing uses.
 */
export function allow(
  user: LambdaFunction,
  actions: readonly string[],
  resources: readonly string[],
  conditions: Conditions = {},
): void {
  if (actions.length === 0) return;
  user.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }));
}
