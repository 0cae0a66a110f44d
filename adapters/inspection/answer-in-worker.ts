import { parentPort, workerData } from 'node:worker_threads';
import { inspectFile } from './inspect-file.ts';
import type { WorkerTask } from './inspect-in-worker.ts';

/**
 * What a worker does: it inspects the one file that it was started for and says what it found. It fetches nothing;
 * should a library want to, there is nothing to do it with.
 */
export const answerInWorker = async (): Promise<void> => {
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
    Reflect.deleteProperty(globalThis, name);
  const { path, name, declaredType } = workerData as WorkerTask;
  parentPort?.postMessage(await inspectFile({ content: path, name, declaredType }));
};
