import { addSeconds, type Clock } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import type { UploadQueue, Uploads } from './ports.ts';

/** Seconds in which verdicts usually come; after that it is looked whether one was lost on its way. */
const PATIENCE_SECONDS = 5 * 60;

const BATCH = 100;

/**
 * Asks for another look at each upload that has not come to its end for a while: verdicts that were lost on their way are
 * taken up, what was not checked in time is refused, and what nobody describes is forgotten (receive-upload.ts). Asking
 * twice does no harm.
 */
export const mindUploads =
  ({
    uploads,
    uploadQueue,
    clock,
  }: {
    readonly uploads: Pick<Uploads, 'undecided'>;
    readonly uploadQueue: UploadQueue;
    readonly clock: Clock;
  }) =>
  async (correlationId: string): Promise<{ readonly minded: number; readonly failed: number }> => {
    const ids: Id[] = [];
    for await (const { id, object } of uploads.undecided(addSeconds(clock.now(), -PATIENCE_SECONDS)))
      if (object) ids.push(id);
    let failed = 0;
    for (let at = 0; at < ids.length; at += BATCH) {
      const overdue = ids.slice(at, at + BATCH).map((id) => ({ id, correlationId }));
      failed += (await uploadQueue.announce(overdue)).failed.length;
    }
    return { minded: ids.length - failed, failed };
  };
