import { inspectFile } from './inspect-file.ts';
import type { CellAnswer, CellTask } from './inspect-in-cell.ts';

const isMissing = (fault: unknown): fault is Error =>
  fault instanceof Error && 'code' in fault && String(fault.code).endsWith('MODULE_NOT_FOUND');

const answer = async ({ path, name, declaredType }: CellTask): Promise<CellAnswer> => {
  try {
    return { finding: await inspectFile({ content: path, name, declaredType }) };
  } catch (fault) {
    if (isMissing(fault)) return { missing: fault.message.split('\n')[0] ?? '' };
    throw fault;
  }
};

/**
 * What a cell does: it inspects the one file that it was started for and says what it found. It fetches nothing; should
 * a library want to, there is nothing to do it with.
 */
export const answerInCell = (): void => {
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
    Reflect.deleteProperty(globalThis, name);
  process.once('message', async (task) => {
    process.send?.(await answer(task as CellTask));
  });
};
