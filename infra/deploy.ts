import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build/build.ts';
import { checkDeployable, readStage, type Stage, stageNames } from './stages.ts';

const usage = `npm run deploy -- --stage NAME [-- what cdk deploy shall be told besides]
Stages: ${stageNames().join(', ')}.`;

/** Builds in the stage's colours and hands both stacks to CloudFormation. Answers with the CDK's exit code. */
async function deploy(stage: Stage, besides: string[]): Promise<number> {
  await buildAll(stage);
  const root = path.resolve(import.meta.dirname, '..');
  const cdk = path.join(root, 'node_modules/aws-cdk/bin/cdk');
  const parameters = [cdk, 'deploy', '--all', '-c', `stage=${stage.name}`, ...besides];
  return spawnSync(process.execPath, parameters, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

try {
  const { values, positionals } = parseArgs({
    options: { stage: { type: 'string' } },
    allowPositionals: true,
  });
  if (!values.stage) throw new Error(usage);
  const stage = readStage(values.stage);
  checkDeployable(stage);
  process.exitCode = await deploy(stage, positionals);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
