import path from 'node:path';
import { type App, Tags, Validations } from 'aws-cdk-lib';
import { SolutionsChecks } from '../constructs/solutions-checks.ts';
import type { Stage } from '../stages.ts';
import { DataStack } from './data-stack.ts';
import { EdgeStack, edgeRegion } from './edge-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** Where the build step left the functions' bundles (functions/NAME/index.mjs) and the assets (assets/). */
const built = path.resolve(import.meta.dirname, '../../build');

/**
 * Adds what a stage consists of: what must never be lost, and what can be deployed again at any time. What
 * cdk-nag finds fault with fails the synthesis, unless the construct says why it is none.
 */
export function addStacks(
  app: App,
  stage: Stage,
  buildFolder = built,
): { data: DataStack; service: ServiceStack; edge: EdgeStack | undefined } {
  const env = { region: stage.region };
  const data = new DataStack(app, `folkmoot-${stage.name}-data`, {
    env,
    stage,
    description: `Folkmoot (${stage.name}): what must never be lost`,
    terminationProtection: true,
  });
  const edge = stage.firewall && addEdge(app, stage, stage.firewall);
  const service = new ServiceStack(app, `folkmoot-${stage.name}-service`, {
    env,
    stage,
    data,
    edge,
    buildFolder,
    description: `Folkmoot (${stage.name}): functions, addresses and alarms`,
  });
  Tags.of(app).add('service', 'folkmoot');
  Tags.of(app).add('stage', stage.name);
  Validations.of(app).addPlugins(new SolutionsChecks(app));
  return { data, service, edge };
}

const addEdge = (app: App, stage: Stage, firewall: NonNullable<Stage['firewall']>): EdgeStack =>
  new EdgeStack(app, `folkmoot-${stage.name}-edge`, {
    env: { region: edgeRegion },
    stage,
    firewall,
    description: `Folkmoot (${stage.name}): what stands before CloudFront`,
  });
