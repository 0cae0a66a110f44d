import { readdir } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { places, removeOthers, writeIfChanged } from './places.ts';

/** Some CommonJS dependencies call require, which an ES module does not have. */
const banner =
  "import { createRequire as folkmootRequire } from 'node:module'; const require = folkmootRequire(import.meta.url);";

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Takes Node's own modules as they are instead of importing them. An import makes a view of all that a module
 * exports, and evaluates each; for node:http that loads the whole of fetch and WebSocket, a sixth of a cold start.
 */
const takeBuiltinsAsTheyAre: Plugin = {
  name: 'take-builtins-as-they-are',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^(node:)?[a-z_]/ }, ({ path: name }) =>
      builtins.has(name) ? { path: name, namespace: 'builtin' } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(name)});`,
      loader: 'js',
    }));
  },
};

/**
 * Lambda gives a function its credentials in the environment. The SDK's own search (profiles, single sign-on,
 * instance metadata) is a ninth of a bundle, and would never find any.
 */
const takeCredentialsFromEnvironment: Plugin = {
  name: 'take-credentials-from-environment',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: path.join(import.meta.dirname, 'environment-credentials.ts'),
    }));
  },
};

/**
 * Bundles each functions/NAME/handler.ts with all that it needs, the AWS SDK too, to
 * build/functions/NAME/index.mjs. Source maps go to build/maps/, what is inside and how large to build/meta/.
 */
export async function buildFunctions(): Promise<{ count: number; bytes: Record<string, number> }> {
  const names = await findFunctions();
  const bundles = await bundle(names);
  await Promise.all([
    removeOthers(path.join(places.build, 'functions'), names),
    removeOthers(
      path.join(places.build, 'meta'),
      names.map((name) => `${name}.json`),
    ),
    removeOthers(
      path.join(places.build, 'maps'),
      names.map((name) => `${name}.mjs.map`),
    ),
  ]);
  await Promise.all(bundles.map(writeBundle));
  return {
    count: bundles.length,
    bytes: Object.fromEntries(bundles.map(({ name, code }) => [name, code.byteLength])),
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

type Bundle = { name: string; code: Uint8Array; map: Uint8Array; meta: Metafile };

async function bundle(names: string[]): Promise<Bundle[]> {
  if (names.length === 0) return [];
  const outdir = path.join(places.build, 'functions');
  const { outputFiles, metafile } = await build({
    absWorkingDir: places.root,
    entryPoints: Object.fromEntries(
      names.map((name) => [`${name}/index`, path.join(places.functions, name, 'handler.ts')]),
    ),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    banner: { js: banner },
    plugins: [takeBuiltinsAsTheyAre, takeCredentialsFromEnvironment],
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const contents = new Map(outputFiles.map((file) => [file.path, file.contents]));
  const nothing = new Uint8Array();
  return names.map((name) => {
    const file = path.join(outdir, name, 'index.mjs');
    return {
      name,
      code: contents.get(file) ?? nothing,
      map: contents.get(`${file}.map`) ?? nothing,
      meta: pickMeta(metafile, path.relative(places.root, file)),
    };
  });
}

/** The part of the build's description that concerns one bundle. */
function pickMeta(all: Metafile, file: string): Metafile {
  const output = all.outputs[file];
  if (!output) throw new Error(`The bundler did not make ${file}.`);
  const inputs = Object.entries(all.inputs).filter(([name]) => name in output.inputs);
  return { inputs: Object.fromEntries(inputs), outputs: { [file]: output } };
}

async function writeBundle({ name, code, map, meta }: Bundle): Promise<void> {
  await Promise.all([
    writeIfChanged(path.join(places.build, 'functions', name, 'index.mjs'), code),
    writeIfChanged(path.join(places.build, 'maps', `${name}.mjs.map`), map),
    writeIfChanged(path.join(places.build, 'meta', `${name}.json`), JSON.stringify(meta)),
  ]);
}
