import { existsSync } from 'node:fs';
import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/**
 * The layer of layers/NAME as the build step made it, folkmoot-STAGE-NAME: one in a stack, whoever else uses it.
 * Throws when it is not built.
 */
export function findLayer(user: Construct, stage: Stage, buildFolder: string, name: string): LayerVersion {
  const stack = Stack.of(user);
  const id = `layer-${name}`;
  const made = stack.node.tryFindChild(id);
  if (made instanceof LayerVersion) return made;
  const folder = path.join(buildFolder, 'layers', name);
  if (!existsSync(path.join(folder, 'nodejs'))) {
    throw new Error(`The layer "${name}" is not built (no build/layers/${name}/nodejs). Run: npm run build`);
  }
  return new LayerVersion(stack, id, {
    layerVersionName: `folkmoot-${stage.name}-${name}`,
    description: `layers/${name}`,
    code: Code.fromAsset(folder),
    compatibleRuntimes: [Runtime.NODEJS_24_X],
    compatibleArchitectures: [Architecture.ARM_64],
  });
}
