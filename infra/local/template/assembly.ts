import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
  Metadata?: Record<string, unknown>;
}

interface Template {
  Resources?: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown }; Condition?: string }>;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
}

export interface Stack {
  name: string;
  region: string;
  template: Template;
}

/** A synthesized app: its stacks, and where the file of each asset lies. */
export interface Assembly {
  stacks: Stack[];
  /** Folder or file of an asset, by its object key (`<hash>.zip`). */
  assets: Map<string, string>;
}

interface Manifest {
  artifacts?: Record<
    string,
    {
      type: string;
      environment?: string;
      displayName?: string;
      properties?: { templateFile?: string; file?: string; stackName?: string };
    }
  >;
}

interface AssetManifest {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
}

/** Where a stack without a region of its own is taken to be. */
const DEFAULT_REGION = 'eu-west-2';

/** Reads a cloud assembly (`cdk.out`) as the CDK wrote it. */
export function readAssembly(folder: string): Assembly {
  const manifest = readJson<Manifest>(join(folder, 'manifest.json'));
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  for (const [id, { type, environment, properties }] of Object.entries(manifest.artifacts ?? {})) {
    if (type === 'aws:cloudformation:stack') {
      const region = environment?.split('/').at(-1) ?? '';
      stacks.push({
        name: properties?.stackName ?? id,
        region: /^unknown|^$/.test(region) ? DEFAULT_REGION : region,
        template: readJson<Template>(join(folder, properties?.templateFile ?? `${id}.template.json`)),
      });
    }
    if (type === 'cdk:asset-manifest')
      addAssets(assets, folder, join(folder, properties?.file ?? `${id}.json`));
  }
  return { stacks, assets };
}

function addAssets(assets: Map<string, string>, folder: string, file: string): void {
  for (const { source, destinations } of Object.values(readJson<AssetManifest>(file).files ?? {})) {
    for (const { objectKey } of Object.values(destinations)) {
      if (source.path) assets.set(objectKey, join(folder, source.path));
    }
  }
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
