import { open, rename } from 'node:fs/promises';

/** Writes a file and returns once its bytes are on the disk. The name is not durable before `syncFolder`. */
export async function writeDurably(path: string, data: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Replaces a file as one step: after a crash either the old or the new content is there, never a part. */
export async function replaceDurably(path: string, data: Uint8Array | string): Promise<void> {
  const partial = `${path}.tmp`;
  await writeDurably(partial, data);
  await rename(partial, path);
}

/** Makes the names of a folder's new files survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
