import type { App } from 'aws-cdk-lib';
import type { Stage } from '../stages.ts';
import { DataStack } from './data-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** Adds what a stage consists of: what must never be lost, and what can be deployed again at any time. */
export function addStacks(app: App, stage: Stage): { data: DataStack; service: ServiceStack } {
  const env = { region: stage.region };
  const data = new DataStack(app, `folkmoot-${stage.name}-data`, {
    env,
    stage,
    description: `Folkmoot (${stage.name}): what must never be lost`,
    terminationProtection: true,
  });
  const service = new ServiceStack(app, `folkmoot-${stage.name}-service`, {
    env,
    stage,
    data,
    description: `Folkmoot (${stage.name}): functions, addresses and alarms`,
  });
  return { data, service };
}
