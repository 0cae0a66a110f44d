import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFunctions } from '#infra/build/functions.ts';
import { leaveInLayers, readLayerPackages } from '#infra/build/layer-packages.ts';
import { buildLayers } from '#infra/build/layers.ts';
import { places } from '#infra/build/places.ts';
import { makePdf } from '#test/support/files/make-pdf.ts';

/** The function as Lambda has it: its bundle in one place, its layer in another, and no packages beside it. */
let folder: string;
const bundle = () => join(folder, 'task');
const layer = () => join(folder, 'opt/nodejs/node_modules');

/** Starts the cell as adapters/inspection/inspect-in-cell.ts does. */
const RUN = `
  const { fork } = require('node:child_process');
  const [entry, path, NODE_PATH] = process.argv.slice(1);
  const reads = [path, require('node:path').dirname(entry), NODE_PATH].filter(Boolean);
  const cell = fork(entry, [], {
    execArgv: ['--permission', ...reads.map((place) => '--allow-fs-read=' + place)],
    env: NODE_PATH ? { NODE_PATH } : {},
    serialization: 'advanced',
  });
  cell.once('message', (said) => { console.log(JSON.stringify(said)); cell.kill(); });
  cell.send({ path, name: 'a.pdf', declaredType: '' });`;

const inspect = (nodePath: string): unknown => {
  const path = join(folder, 'file');
  writeFileSync(path, makePdf({ pages: [['Safer streets']] }));
  const { stdout } = spawnSync(process.execPath, ['-e', RUN, join(bundle(), 'worker.mjs'), path, nodePath]);
  return JSON.parse(stdout.toString());
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-upload-'));
  await buildFunctions();
  cpSync(join(places.build, 'functions/inspect-upload'), bundle(), { recursive: true });
  await buildLayers();
  cpSync(join(places.build, 'layers/document-readers/nodejs/node_modules'), layer(), { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the bundle of inspect-upload', () => {
  test('reads a PDF with what its layer holds', () => {
    expect(inspect(layer())).toMatchObject({
      finding: { outcome: 'readable', text: 'Safer streets' },
    });
  });

  test('holds nothing of the layer itself', () => {
    expect(inspect('')).toEqual({ missing: expect.stringContaining('unpdf') });
  });
});

describe('a package that lies in a layer', () => {
  const bundle = (contents: string) =>
    build({
      stdin: { contents, resolveDir: places.root },
      ...{ bundle: true, write: false, platform: 'node', format: 'esm', logLevel: 'silent' },
      plugins: [leaveInLayers(new Map([['unpdf', 'document-readers']]))],
    });

  test('cannot be imported into a bundle', async () => {
    await expect(bundle("import { extractText } from 'unpdf'; extractText();")).rejects.toThrow(
      'lies in the layer document-readers',
    );
  });

  test('does not keep others out', async () => {
    const { outputFiles } = await bundle("import { zipSync } from 'fflate'; zipSync({});");
    expect(outputFiles[0]?.text).toContain('zipSync');
  });

  test('is known by the layers that there are', async () => {
    expect((await readLayerPackages()).get('unpdf')).toBe('document-readers');
  });
});
