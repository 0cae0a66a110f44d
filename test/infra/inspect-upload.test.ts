import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFunctions } from '#infra/build/functions.ts';
import { leaveInLayers, readLayerPackages } from '#infra/build/layer-packages.ts';
import { places } from '#infra/build/places.ts';
import { makePdf } from '#test/support/files/make-pdf.ts';

/** The function as Lambda has it: its bundle in one place, its layer in another, and no packages beside it. */
let folder: string;
const bundle = () => join(folder, 'task');
const layer = () => join(folder, 'opt/nodejs/node_modules');

const RUN = `
  const { Worker } = require('node:worker_threads');
  const [entry, path, NODE_PATH] = process.argv.slice(1);
  const env = NODE_PATH ? { NODE_PATH } : {};
  const worker = new Worker(entry, { workerData: { path, name: 'a.pdf', declaredType: '' }, env });
  worker.once('message', (found) => console.log(JSON.stringify(found)));
  worker.once('error', ({ code }) => console.log(JSON.stringify({ code })));`;

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
  mkdirSync(join(folder, 'opt/nodejs'), { recursive: true });
  symlinkSync(places.modules, layer());
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the bundle of inspect-upload', () => {
  test('reads a PDF with what its layer holds', () => {
    expect(inspect(layer())).toMatchObject({ outcome: 'readable', text: 'Safer streets' });
  });

  test('holds nothing of the layer itself', () => {
    expect(inspect('')).toEqual({ code: 'MODULE_NOT_FOUND' });
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
