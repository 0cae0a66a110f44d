import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Where the build step reads and writes. Everything below `build` can be thrown away at any time. */
export const places = {
  root,
  web: path.join(root, 'web'),
  functions: path.join(root, 'functions'),
  layers: path.join(root, 'layers'),
  modules: path.join(root, 'node_modules'),
  build: path.join(root, 'build'),
} as const;

/** Writes a file only if its content is another, so that whoever watches the folder is not woken for nothing. */
export async function writeIfChanged(file: string, content: string | Uint8Array): Promise<void> {
  const wanted = Buffer.from(content);
  const present = await readFile(file).catch(() => undefined);
  if (present?.equals(wanted)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, wanted);
}

/** Removes what an earlier build left in a folder and this one did not make. */
export async function removeOthers(folder: string, wanted: Iterable<string>): Promise<void> {
  const keep = new Set(wanted);
  const present = await readdir(folder).catch(() => []);
  const others = present.filter((name) => !keep.has(name));
  await Promise.all(others.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}
