import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

const ROTATE_AT_BYTES = 10 * 1024 * 1024;

/** Opens `<function>.log` for appending. A log that has grown beyond 10 MB makes room first, as `.log.1`. */
export function openLog(folder: string, name: string): Writable {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > ROTATE_AT_BYTES) renameSync(path, `${path}.1`);
  return createWriteStream(path, { flags: 'a' });
}

/** Takes everything and keeps nothing. */
export function openNowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
