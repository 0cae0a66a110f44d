import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '#domain/documents/inspection.ts';

/** What a cell is asked; it answers with one message. */
export interface CellTask {
  readonly path: string;
  readonly name: string;
  readonly declaredType: string;
}

/** What a cell says: what it found, or that a library is not there, which is no fault of the file. */
export type CellAnswer = { readonly finding: Finding } | { readonly missing: string };

export interface CellLimits {
  readonly milliseconds: number;
  /** Of objects and strings. */
  readonly heapMegabytes: number;
  /** Of all of the process: what is unpacked lies outside the heap, where V8 limits nothing. */
  readonly processMegabytes: number;
}

/** For a function of 3,008 MB that has 90 seconds. */
export const cellLimits: CellLimits = { milliseconds: 45_000, heapMegabytes: 1_500, processMegabytes: 2_400 };

const MEGABYTE = 1024 * 1024;
const PAGE_BYTES = 4096;

/** How often the memory of the process is looked at, in milliseconds: a gigabyte takes longer to be filled. */
const LOOK_EVERY = 50;

/** Where the program of the cell and its libraries lie. As it is written, they lie all over the project. */
const placesOf = (program: string): readonly string[] => {
  const bundled = path.dirname(program);
  const libraries = process.env.NODE_PATH?.split(path.delimiter).filter(Boolean) ?? [];
  const project = path.resolve(import.meta.dirname, '../..');
  return import.meta.url.endsWith('.ts') ? [bundled, project, ...libraries] : [bundled, ...libraries];
};

/**
 * A process that may read its own program and the one file, and nothing else: not what the process beside it has in its
 * environment, no other file, no other program. https://nodejs.org/docs/latest-v24.x/api/permissions.html
 */
const startCell = (program: string, task: CellTask, { heapMegabytes }: CellLimits): ChildProcess => {
  const reads = [task.path, ...placesOf(program)].map((place) => `--allow-fs-read=${place}`);
  const cell = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMegabytes}`, '--permission', ...reads, program],
    {
      // Only where the libraries lie, which is no secret: no credentials, no names of buckets.
      env: process.env.NODE_PATH === undefined ? {} : { NODE_PATH: process.env.NODE_PATH },
      // What it writes could quote the file; it goes nowhere.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    },
  );
  cell.send(task, () => {});
  return cell;
};

/** Of a process, in bytes; 0 where no /proc says so. */
const memoryOf = ({ pid }: ChildProcess): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
};

/** What came of a cell: its answer, or a word why there is none. */
type Ended = CellAnswer | { readonly reason: string };

const watch = (cell: ChildProcess, { milliseconds, processMegabytes }: CellLimits): Promise<Ended> => {
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const end = (reason: string) => resolve({ reason });
  const timer = setTimeout(end, milliseconds, 'time');
  const looks = setInterval(() => {
    if (memoryOf(cell) > processMegabytes * MEGABYTE) end('memory');
  }, LOOK_EVERY);
  cell.once('message', (answer) => resolve(answer as CellAnswer));
  // That no process can be started is no fault of the file.
  cell.once('error', reject);
  // V8 aborts a process whose heap is full.
  cell.once('exit', (_, signal) => end(signal === 'SIGABRT' || signal === 'SIGTRAP' ? 'memory' : 'exit'));
  return promise.finally(() => {
    clearTimeout(timer);
    clearInterval(looks);
  });
};

const killed = async (cell: ChildProcess): Promise<void> => {
  if (cell.exitCode !== null || cell.signalCode !== null || cell.pid === undefined) return;
  const gone = new Promise((resolve) => cell.once('exit', resolve));
  cell.kill('SIGKILL');
  await gone;
};

/**
 * Inspects the file at a path in a process of its own, with limits of memory and time, and ends the process after it,
 * whatever it does. A file that breaks it is one that could not be read: it would break the next one, too. Throws when a
 * library is not there.
 */
export const inspectInCell = async (
  entry: URL,
  task: CellTask,
  limits: CellLimits = cellLimits,
): Promise<Finding> => {
  const { size } = await stat(task.path);
  const cell = startCell(fileURLToPath(entry), task, limits);
  try {
    const ended = await watch(cell, limits);
    if ('finding' in ended) return ended.finding;
    if ('missing' in ended) throw new Error(`A library of the cell is missing: ${ended.missing}`);
    return { outcome: 'refused', bytes: size, fault: 'could-not-be-read', detail: ended.reason };
  } finally {
    await killed(cell);
  }
};
