import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { compileAsync, type Importer } from 'sass';
import type { Stage } from '../stages.ts';
import { checkContrast } from './contrast.ts';
import { places, removeOthers, writeIfChanged } from './places.ts';

const sources = path.join(places.web, 'layouts/assets');
const hashLength = 12;

/**
 * Makes the stylesheet in the stage's colours, the scripts and the images, in build/assets/ under names that
 * change with their content, and build/assets.js, which tells these names.
 */
export async function buildAssets(stage: Stage): Promise<{ count: number }> {
  checkContrast(stage.brand);
  const [css, js, upload, favicon] = await Promise.all([
    buildStylesheet(stage.brand),
    buildScript('app.js'),
    buildScript('upload.js'),
    readFile(path.join(sources, 'favicon.svg'), 'utf8'),
  ]);
  const contents = { 'app.css': css, 'app.js': js, 'upload.js': upload, 'favicon.svg': favicon };
  const names = Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [name, addHash(name, content)]),
  );
  const folder = path.join(places.build, 'assets');
  await Promise.all(
    Object.entries(contents).map(([name, content]) =>
      writeIfChanged(path.join(folder, names[name] ?? name), content),
    ),
  );
  await removeOthers(folder, Object.values(names));
  const addresses = Object.entries(names).map(([name, hashed]) => `  '${name}': '/assets/${hashed}',\n`);
  await writeIfChanged(
    path.join(places.build, 'assets.js'),
    `export const assets = {\n${addresses.join('')}};\n`,
  );
  await writeIfChanged(
    path.join(places.build, 'assets.d.ts'),
    `/** The addresses of stylesheet, script and images. */\nexport declare const assets: {\n${Object.keys(
      names,
    )
      .map((name) => `  readonly '${name}': string;\n`)
      .join('')}};\n`,
  );
  return { count: Object.keys(names).length };
}

/** Compressed CSS. The stylesheet finds the stage's colours in `stage:brand`. */
export async function buildStylesheet(brand: Stage['brand']): Promise<string> {
  const { css } = await compileAsync(path.join(sources, 'app.scss'), {
    style: 'compressed',
    loadPaths: [places.modules],
    importers: [serveBrand(brand)],
    quietDeps: true,
  });
  return css;
}

function serveBrand(brand: Stage['brand']): Importer {
  const contents = Object.entries(brand)
    .map(([name, colour]) => `$${name}: ${colour};`)
    .join('\n');
  return {
    canonicalize: (url) => (url === 'stage:brand' ? new URL(url) : null),
    load: () => ({ contents, syntax: 'scss' }),
  };
}

async function buildScript(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(sources, name)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

function addHash(name: string, content: string): string {
  const { name: stem, ext } = path.parse(name);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, hashLength);
  return `${stem}.${hash}${ext}`;
}
