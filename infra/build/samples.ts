import path from 'node:path';
import { build } from 'esbuild';
import { places, writeIfChanged } from './places.ts';

/**
 * Bundles web/mail/render-samples.ts to build/samples/index.mjs: every message with sample data, for the laptop's
 * console, which knows no more of it than where it is.
 */
export async function buildSamples(): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: places.root,
    entryPoints: { index: path.join(places.web, 'mail/render-samples.ts') },
    outdir: path.join(places.build, 'samples'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  });
  await Promise.all(outputFiles.map((file) => writeIfChanged(file.path, file.contents)));
}
