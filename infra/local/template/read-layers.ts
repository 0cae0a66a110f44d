import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from './assembly.ts';
import { layerSchema, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

/** Of a function and its layers together, unzipped: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_BYTES = 250 * 1024 * 1024;

/** The folders of a function's layers, in the order in which they are laid over each other. */
export function readLayers(
  arns: readonly string[],
  code: string,
  user: ResolvedResource,
  resources: Resources,
  assembly: Assembly,
): string[] {
  const folders = arns.map((arn) => readLayer(arn, user, resources, assembly));
  if (folders.length === 0) return folders;
  const bytes = [code, ...folders].reduce((sum, folder) => sum + sizeOf(folder), 0);
  if (bytes > MAX_BYTES) {
    const problem = `it has ${bytes} bytes with its layers; Lambda takes at most ${MAX_BYTES}.`;
    throw new TemplateError(user.stack, user.logicalId, problem);
  }
  return folders;
}

function readLayer(arn: string, user: ResolvedResource, resources: Resources, assembly: Assembly): string {
  const name = /:layer:([^:]+):1$/.exec(arn)?.[1] ?? arn;
  const layer = resources.find('AWS::Lambda::LayerVersion', name, user);
  const { Content } = readProperties(layerSchema, layer);
  const folder = assembly.assets.get(Content.S3Key);
  if (folder) return folder;
  throw new TemplateError(layer.stack, layer.logicalId, `there is no asset ${Content.S3Key}.`);
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
