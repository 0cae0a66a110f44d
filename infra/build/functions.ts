import { readdir } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { type LayerPackages, leaveInLayers, readLayerPackages } from './layer-packages.ts';
import { places, removeOthers, writeIfChanged } from './places.ts';
import { leaveOutWhatIsNotNeeded } from './stand-ins.ts';

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Takes Node's own modules as they are instead of importing them. An import makes a view of all that a module
 * exports, and evaluates each; for node:http that loads the whole of fetch and WebSocket, a sixth of a cold start.
 * CommonJS gets them in the same way, so that no bundle needs a require. What is imported only when it is needed
 * stays as it was.
 */
const takeBuiltinsAsTheyAre: Plugin = {
  name: 'take-builtins-as-they-are',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^(node:)?[a-z_]/ }, ({ path: name, kind }) => {
      if (!builtins.has(name)) return undefined;
      return kind === 'dynamic-import'
        ? { path: name, external: true }
        : { path: name, namespace: 'builtin' };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(name)});`,
      loader: 'js',
    }));
  },
};

/**
 * Bundles each functions/NAME/handler.ts with all that it needs, the AWS SDK too, to
 * build/functions/NAME/index.mjs, and what it imports only when needed to files beside that. A functions/NAME/worker.ts,
 * which the function runs as a thread, becomes worker.mjs beside it. What lies in a layer stays there. Source maps go
 * to build/maps/, what is inside and how large to build/meta/.
 */
export async function buildFunctions(): Promise<{ count: number; bytes: Record<string, number> }> {
  const names = await findFunctions();
  const inLayers = await readLayerPackages();
  const bundles = await Promise.all(names.map((name) => bundle(name, inLayers)));
  await Promise.all([
    ...['functions', 'maps'].map((folder) => removeOthers(path.join(places.build, folder), names)),
    removeOthers(
      path.join(places.build, 'meta'),
      names.map((name) => `${name}.json`),
    ),
  ]);
  await Promise.all(bundles.map(writeBundle));
  return {
    count: bundles.length,
    bytes: Object.fromEntries(bundles.map(({ name, code }) => [name, sizeOf(code)])),
  };
}

/** The folders below functions/ that hold a handler. */
async function findFunctions(): Promise<string[]> {
  const entries = await readdir(places.functions, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const holdsHandler = async (name: string) =>
    (await readdir(path.join(places.functions, name))).includes('handler.ts');
  const found = await Promise.all(folders.map(async (name) => ((await holdsHandler(name)) ? [name] : [])));
  return found.flat().sort();
}

/** Contents by the name of the file. */
type Files = ReadonlyMap<string, Uint8Array>;
type Bundle = { name: string; code: Files; maps: Files; meta: Metafile };

const sizeOf = (files: Files) => [...files.values()].reduce((bytes, { byteLength }) => bytes + byteLength, 0);

/** Where a function begins: its handler, and its worker if it has one. */
async function entryPointsOf(name: string): Promise<Record<string, string>> {
  const folder = path.join(places.functions, name);
  const index = path.join(folder, 'handler.ts');
  const hasWorker = (await readdir(folder)).includes('worker.ts');
  return hasWorker ? { index, worker: path.join(folder, 'worker.ts') } : { index };
}

async function bundle(name: string, inLayers: LayerPackages): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: places.root,
    entryPoints: await entryPointsOf(name),
    inject: [path.join(import.meta.dirname, 'zod-settings.ts')],
    outdir: path.join(places.build, 'functions', name),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    plugins: [takeBuiltinsAsTheyAre, leaveOutWhatIsNotNeeded, leaveInLayers(inLayers)],
    // A file of ASCII is read as it is; one other character, and all of it is decoded and takes twice the memory.
    charset: 'ascii',
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const filesNamed = (isWanted: (name: string) => boolean): Files =>
    new Map(
      outputFiles
        .map((file) => [path.basename(file.path), file.contents] as const)
        .filter(([file]) => isWanted(file)),
    );
  return {
    name,
    code: filesNamed((file) => !file.endsWith('.map')),
    maps: filesNamed((file) => file.endsWith('.map')),
    meta: metafile,
  };
}

async function writeBundle({ name, code, maps, meta }: Bundle): Promise<void> {
  await Promise.all([
    writeFiles(path.join(places.build, 'functions', name), code),
    writeFiles(path.join(places.build, 'maps', name), maps),
    writeIfChanged(path.join(places.build, 'meta', `${name}.json`), JSON.stringify(meta)),
  ]);
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  await Promise.all([...files].map(([file, content]) => writeIfChanged(path.join(folder, file), content)));
  await removeOthers(folder, files.keys());
}
