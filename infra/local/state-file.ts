import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A small JSON file that is read once and replaced as a whole; a kill leaves the old or the new content. */
export interface StateFile<T> {
  value: T;
  save(): void;
}

/** Opens a state file; `empty` is its content while there is no file. A file that is no JSON is an error. */
export function openStateFile<T>(path: string, empty: T): StateFile<T> {
  mkdirSync(dirname(path), { recursive: true });
  const state: StateFile<T> = {
    value: readJson(path, empty),
    save: () => {
      writeFileSync(`${path}.tmp`, `${JSON.stringify(state.value, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
    },
  };
  return state;
}

function readJson<T>(path: string, empty: T): T {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return empty;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${path} is not readable as JSON. Delete it to start that part afresh.`);
  }
}
