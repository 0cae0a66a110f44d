import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { addStacks } from '#infra/stacks/add-stacks.ts';
import { type FunctionSpec, functions } from '#infra/stacks/functions.ts';
import { readStage, type Stage, type StageOverrides } from '#infra/stages.ts';
import settings from '../../cdk.json' with { type: 'json' };

export type Resource = {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
};

export type Synthesized = {
  data: Record<string, Resource>;
  service: Record<string, Resource>;
  all: [logicalId: string, resource: Resource][];
};

/** The resources of a type, of both stacks. */
export const ofType = (type: string, { all }: Synthesized): [logicalId: string, resource: Resource][] =>
  all.filter(([, resource]) => resource.Type === type);

/** A property as JSON, to look for what it refers to. */
export const textOf = ({ Properties }: Resource, name: string): string =>
  JSON.stringify(Properties[name] ?? null);

/** Every synthesis copies 20 MB of the CDK's own assets; none of it outlives the test file. */
const scratch = mkdtempSync(path.join(tmpdir(), 'folkmoot-cdk-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The app of a stage, around bundles that do nothing: what is in them does not matter to a template. */
export const makeApp = (stageName: string, overrides: StageOverrides = {}, buildFolder = makeBuildFolder()) =>
  makeAppOf(readStage(stageName, overrides), buildFolder);

/** The same of a stage that is in no list. */
export function makeAppOf(stage: Stage, buildFolder = makeBuildFolder()) {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: { ...settings.context, 'aws:cdk:disable-stack-trace': true },
    outdir: mkdtempSync(path.join(scratch, 'out-')),
  });
  return { app, ...addStacks(app, stage, buildFolder) };
}

export function synthesize(stageName: string, overrides: StageOverrides = {}): Synthesized {
  const stacks = makeApp(stageName, overrides);
  const data: Record<string, Resource> = Template.fromStack(stacks.data).toJSON().Resources;
  const service: Record<string, Resource> = Template.fromStack(stacks.service).toJSON().Resources;
  return { data, service, all: [...Object.entries(data), ...Object.entries(service)] };
}

/** Bundles of every function, layers, and assets; there is nothing in them. */
export function makeBuildFolder(): string {
  const folder = mkdtempSync(path.join(scratch, 'build-'));
  for (const name of Object.keys(functions)) {
    mkdirSync(path.join(folder, 'functions', name), { recursive: true });
    writeFileSync(
      path.join(folder, 'functions', name, 'index.mjs'),
      'export const handler = async () => {};\n',
    );
  }
  for (const { layers = [] } of Object.values<FunctionSpec>(functions)) {
    for (const name of layers) {
      mkdirSync(path.join(folder, 'layers', name, 'nodejs/node_modules'), { recursive: true });
      writeFileSync(path.join(folder, 'layers', name, 'nodejs/node_modules/.keep'), '');
    }
  }
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'assets/app.css'), 'body {}\n');
  return folder;
}
