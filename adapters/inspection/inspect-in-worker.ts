import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Finding } from '#domain/documents/inspection.ts';
import { describeFault } from '#domain/shared/fault.ts';

/** What a worker is asked (`workerData`); it answers with one message, a `Finding`. */
export interface WorkerTask {
  readonly path: string;
  readonly name: string;
  readonly declaredType: string;
}

export interface CellLimits {
  readonly milliseconds: number;
  /** Of objects and strings. */
  readonly heapMegabytes: number;
  /** Of the whole process: what is unpacked lies outside the heap, where V8 limits nothing. */
  readonly processMegabytes: number;
}

/** For a function of 3,008 MB that has 90 seconds. */
export const cellLimits: CellLimits = { milliseconds: 45_000, heapMegabytes: 1_500, processMegabytes: 2_600 };

const YOUNG_MEGABYTES = 64;
const STACK_MEGABYTES = 4;
const MEGABYTE = 1024 * 1024;

/** How often the memory of the process is looked at, in milliseconds: a gigabyte takes longer to be filled. */
const LOOK_EVERY = 50;

/** Only where the libraries lie, which is no secret: no credentials, no names of buckets. */
const environment = (): Record<string, string> => {
  const path = process.env.NODE_PATH;
  return path === undefined ? {} : { NODE_PATH: path };
};

const startWorker = (entry: URL, task: WorkerTask, { heapMegabytes }: CellLimits): Worker => {
  const worker = new Worker(entry, {
    workerData: task,
    env: environment(),
    argv: [],
    execArgv: [],
    // What it writes could quote the file; it goes nowhere.
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: heapMegabytes,
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      stackSizeMb: STACK_MEGABYTES,
    },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
};

/** What came of a worker: its answer, or a word why there is none. */
type Ended = { readonly finding: Finding } | { readonly reason: string };

const watch = (worker: Worker, { milliseconds, processMegabytes }: CellLimits): Promise<Ended> => {
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const end = (reason: string) => resolve({ reason });
  const timer = setTimeout(end, milliseconds, 'time');
  const looks = setInterval(() => {
    if (process.memoryUsage.rss() > processMegabytes * MEGABYTE) end('memory');
  }, LOOK_EVERY);
  worker.once('message', (finding: Finding) => resolve({ finding }));
  worker.once('error', (fault: NodeJS.ErrnoException) => {
    // A layer that is missing is no fault of the file, and the next attempt may find it.
    if (fault.code?.endsWith('MODULE_NOT_FOUND')) reject(fault);
    else end(fault.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : describeFault(fault));
  });
  worker.once('exit', () => end('exit'));
  return promise.finally(() => {
    clearTimeout(timer);
    clearInterval(looks);
  });
};

/**
 * Inspects the file at a path in a thread of its own, with limits of memory and time, and ends the thread after it,
 * whatever it does. A file that breaks it is one that could not be read: it would break the next one, too.
 */
export const inspectInWorker = async (
  entry: URL,
  task: WorkerTask,
  limits: CellLimits = cellLimits,
): Promise<Finding> => {
  const { size } = await stat(task.path);
  const worker = startWorker(entry, task, limits);
  try {
    const ended = await watch(worker, limits);
    if ('finding' in ended) return ended.finding;
    return { outcome: 'refused', bytes: size, fault: 'could-not-be-read', detail: ended.reason };
  } finally {
    await worker.terminate();
  }
};
