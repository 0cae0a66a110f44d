import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { findClosure, lockSchema } from './layer-closure.ts';
import { places, removeOthers, writeIfChanged } from './places.ts';

/** `layer.json` of a folder below layers/. */
const layerSchema = z.strictObject({
  /** Names of npm packages that package-lock.json has among what is deployed. */
  packages: z.array(z.string().min(1)).min(1),
});

/** What only developers read. */
const leftOut = /\.map$|\.d\.[cm]?ts$/;

/** Where the layers are described, where their packages come from, and where they go. */
export interface LayerPlaces {
  readonly layers: string;
  /** The folder of node_modules and package-lock.json. */
  readonly root: string;
  readonly build: string;
}

/**
 * Makes build/layers/NAME of each layers/NAME/layer.json: the packages that it names and those that they need, in the
 * versions of package-lock.json, laid out as a layer is below /opt. The same input makes the same files.
 */
export async function buildLayers(from: LayerPlaces = places): Promise<{ count: number }> {
  const names = await findLayers(from);
  await removeOthers(path.join(from.build, 'layers'), names);
  const lock = lockSchema.parse(
    JSON.parse(await readFile(path.join(from.root, 'package-lock.json'), 'utf8')),
  );
  for (const name of names) await buildLayer(name, lock, from);
  return { count: names.length };
}

async function findLayers({ layers }: LayerPlaces): Promise<string[]> {
  if (!existsSync(layers)) return [];
  const entries = await readdir(layers, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(path.join(layers, entry.name, 'layer.json')))
    .map(({ name }) => name)
    .sort();
}

async function buildLayer(name: string, lock: z.output<typeof lockSchema>, from: LayerPlaces): Promise<void> {
  const file = path.join(from.layers, name, 'layer.json');
  const parsed = layerSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`);
  const target = path.join(from.build, 'layers', name, 'nodejs');
  const wanted = new Set<string>();
  for (const folder of findClosure(parsed.data.packages, lock, file)) {
    for (const inside of await listPackage(path.join(from.root, folder))) {
      const relative = path.join(folder, inside);
      wanted.add(relative);
      await writeIfChanged(path.join(target, relative), await readFile(path.join(from.root, relative)));
    }
  }
  await removeUnwanted(target, wanted);
}

/** The files of a package, without what is installed below it: that has folders of its own in the lock. */
async function listPackage(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !leftOut.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(path.sep).includes('node_modules'))
    .sort();
}

/** Files of an earlier build, and the folders that are empty without them. */
async function removeUnwanted(folder: string, wanted: ReadonlySet<string>, within = ''): Promise<void> {
  const here = path.join(folder, within);
  const entries = await readdir(here, { withFileTypes: true });
  const keep = entries.filter((entry) => {
    const relative = path.join(within, entry.name);
    return entry.isDirectory()
      ? [...wanted].some((file) => file.startsWith(`${relative}${path.sep}`))
      : wanted.has(relative);
  });
  await removeOthers(
    here,
    keep.map(({ name }) => name),
  );
  for (const { name } of keep.filter((entry) => entry.isDirectory()))
    await removeUnwanted(folder, wanted, path.join(within, name));
}
