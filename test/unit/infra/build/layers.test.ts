import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildLayers, type LayerPlaces } from '#infra/build/layers.ts';

type Lock = Record<string, Record<string, unknown>>;

/** `reader` needs `zip`, and a `text` of its own; `zip` needs the common one. */
const usual: Lock = {
  '': {},
  'node_modules/reader': {
    dependencies: { zip: '^1.0.0', text: '^2.0.0' },
    optionalDependencies: { fast: '1.0.0' },
    peerDependencies: { canvas: '*' },
    peerDependenciesMeta: { canvas: { optional: true } },
  },
  'node_modules/reader/node_modules/text': {},
  'node_modules/zip': { dependencies: { text: '^1.0.0', '@scope/bits': '*' } },
  'node_modules/text': {},
  'node_modules/@scope/bits': { peerDependencies: { text: '*' } },
  'node_modules/fast': { optional: true, os: ['linux'] },
  'node_modules/canvas': { cpu: ['x64'] },
  'node_modules/tester': { dev: true },
  'node_modules/unrelated': {},
};

function prepare(packages: readonly string[], lock: Lock = usual): LayerPlaces {
  const root = mkdtempSync(path.join(tmpdir(), 'folkmoot-layers-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const places = { root, layers: path.join(root, 'layers'), build: path.join(root, 'build') };
  for (const folder of Object.keys(lock).filter((each) => each !== '')) {
    mkdirSync(path.join(root, folder, 'lib'), { recursive: true });
    for (const file of ['package.json', 'LICENSE', 'lib/index.js', 'lib/index.js.map', 'lib/index.d.ts']) {
      writeFileSync(path.join(root, folder, file), `${folder} ${file}`);
    }
  }
  writeFileSync(
    path.join(root, 'package-lock.json'),
    JSON.stringify({ name: 'x', lockfileVersion: 3, packages: lock }),
  );
  describeLayer(places, packages);
  return places;
}

function describeLayer({ layers }: LayerPlaces, packages: readonly string[]): void {
  mkdirSync(path.join(layers, 'readers'), { recursive: true });
  writeFileSync(path.join(layers, 'README.md'), 'no layer');
  writeFileSync(path.join(layers, 'readers/layer.json'), JSON.stringify({ packages }));
}

const files = ({ build }: LayerPlaces): string[] =>
  readdirSync(path.join(build, 'layers'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(build, 'layers'), path.join(entry.parentPath, entry.name)))
    .sort();
const filesOf = (...packages: string[]) =>
  packages
    .flatMap((name) =>
      ['LICENSE', 'lib/index.js', 'package.json'].map(
        (file) => `readers/nodejs/node_modules/${name}/${file}`,
      ),
    )
    .sort();

test('a layer holds its packages with all that they need, and nothing else', async () => {
  const places = prepare(['reader']);
  expect(await buildLayers(places)).toEqual({ count: 1 });
  expect(files(places)).toEqual(filesOf('@scope/bits', 'reader', 'reader/node_modules/text', 'text', 'zip'));
  const copied = readFileSync(
    path.join(places.build, 'layers/readers/nodejs/node_modules/reader/node_modules/text/lib/index.js'),
    'utf8',
  );
  expect(copied).toBe('node_modules/reader/node_modules/text lib/index.js');
});

test('what is built again is the same and is not written again; what is no longer needed goes', async () => {
  const places = prepare(['reader', 'unrelated']);
  await buildLayers(places);
  const at = path.join(places.build, 'layers/readers/nodejs/node_modules/zip/lib/index.js');
  const before = statSync(at).mtimeMs;
  await buildLayers(places);
  expect(statSync(at).mtimeMs).toBe(before);
  describeLayer(places, ['zip']);
  await buildLayers(places);
  expect(files(places)).toEqual(filesOf('@scope/bits', 'text', 'zip'));
  rmSync(places.layers, { recursive: true });
  expect(await buildLayers(places)).toEqual({ count: 0 });
  expect(files(places)).toEqual([]);
});

test.each<[what: string, packages: string[], lock: Lock, fault: RegExp]>([
  ['a package that nobody installed', ['nothing'], usual, /layer\.json: .*no package "nothing"/],
  ['a package for development', ['tester'], usual, /layer\.json: node_modules\/tester is for development/],
  ['a package for one kind of machine', ['canvas'], usual, /canvas is not there on every machine/],
  [
    'a package that needs one for development',
    ['reader'],
    { ...usual, 'node_modules/zip': { dependencies: { tester: '*' } } },
    /^node_modules\/zip: node_modules\/tester is for development/,
  ],
  ['no packages at all', [], usual, /layer\.json:\n/],
])('a layer cannot be made of %s', async (_, packages, lock, fault) => {
  // The path of the file is before the message.
  await expect(buildLayers(prepare(packages, lock))).rejects.toThrow(
    fault.source.startsWith('^') ? fault : new RegExp(fault.source, 's'),
  );
});

test('the real lock knows the packages that the product reads documents with', async () => {
  const real = path.resolve(import.meta.dirname, '../../../..');
  const places = { ...prepare(['unpdf', 'file-type']), root: real };
  await buildLayers(places);
  const top = readdirSync(path.join(places.build, 'layers/readers/nodejs/node_modules')).sort();
  expect(top).toEqual(expect.arrayContaining(['file-type', 'strtok3', 'unpdf']));
  expect(top).not.toContain('yauzl');
});
