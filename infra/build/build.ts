import { parseArgs } from 'node:util';
import { readStage, type Stage } from '../stages.ts';
import { buildAssets } from './assets.ts';
import { buildFunctions } from './functions.ts';
import { buildLayers } from './layers.ts';
import { buildLetters } from './letters.ts';
import { buildMessages } from './messages.ts';
import { buildSamples } from './samples.ts';
import { buildTemplates } from './templates.ts';

export type BuildReport = {
  templates: number;
  assets: number;
  functions: number;
  layers: number;
  /** The size of each function's bundle. */
  bytes: Record<string, number>;
  milliseconds: number;
};

/** Makes everything below build/ for a stage. Throws at the first fault, naming the file it is in. */
export async function buildAll(stage: Stage): Promise<BuildReport> {
  const startedAt = performance.now();
  const [templates, assets, layers] = await Promise.all([
    buildTemplates(),
    buildAssets(stage),
    buildLayers(),
    buildMessages(),
    buildLetters(),
  ]);
  // After the others, whose results are part of every bundle.
  const [functions] = await Promise.all([buildFunctions(), buildSamples()]);
  return {
    templates: templates.count,
    assets: assets.count,
    functions: functions.count,
    layers: layers.count,
    bytes: functions.bytes,
    milliseconds: Math.round(performance.now() - startedAt),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { stage: { type: 'string', default: 'laptop' } } });
  const report = await buildAll(readStage(values.stage));
  const seconds = (report.milliseconds / 1000).toFixed(1);
  console.log(
    `built ${report.functions} functions, ${report.layers} layers, ${report.templates} templates and ${report.assets} assets in ${seconds} s`,
  );
}
