import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { places } from './places.ts';

/** The layer in which each package lies that comes in one. */
export type LayerPackages = ReadonlyMap<string, string>;

/** Reads layers/NAME/layer.json: `{"packages": [...]}`. */
export async function readLayerPackages(): Promise<LayerPackages> {
  const entries = await readdir(places.layers, { withFileTypes: true });
  const layers = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const read = await Promise.all(
    layers.map(async (layer) => {
      const file = path.join(places.layers, layer, 'layer.json');
      const { packages } = JSON.parse(await readFile(file, 'utf8')) as { packages: readonly string[] };
      return packages.map((name) => [name, layer] as const);
    }),
  );
  return new Map(read.flat());
}

/** `@scope/name` or `name` of what an import names. */
const packageOf = (imported: string): string =>
  imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * Keeps packages of layers out of bundles. An import of one would be left as it is, and fail in Lambda: Node finds
 * layers by NODE_PATH, to which an import does not listen. So it fails here, and says what to do.
 */
export const leaveInLayers = (packages: LayerPackages): Plugin => ({
  name: 'leave-in-layers',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^[@a-z]/ }, ({ path: imported, importer }) => {
      const layer = packages.get(packageOf(imported));
      if (layer === undefined || importer.includes('node_modules')) return undefined;
      const text = `${imported} lies in the layer ${layer}: resolve it by createRequire and import the path`;
      return { errors: [{ text }] };
    });
  },
});
