import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What systems put into folders by themselves. */
const OF_THE_SYSTEM = /^(?:\.|desktop\.ini$|thumbs\.db$)/i;

/**
 * The files of a folder and of those in it: how each is called on the disk, by how people write it (below the folder, with
 * strokes, letters composed). Links to other folders are not followed.
 */
export const listFolder = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  const walk = async (below: string): Promise<void> => {
    const entries = await readdir(join(folder, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (OF_THE_SYSTEM.test(entry.name)) continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else files.set(path.normalize('NFC'), path);
    }
  };
  await walk('');
  return files;
};
