import { addHours, addSeconds } from '../shared/clock.ts';
import { type ReceivePorts, reconsiderUpload, refuse } from './receive-upload.ts';
import { HOURS_TO_DESCRIBE, type Upload } from './upload.ts';

/** Seconds in which verdicts usually come; after that it is looked whether one was lost on its way. */
const PATIENCE_SECONDS = 5 * 60;

export interface Minded {
  /** How many still wait for verdicts, were refused because nobody described them, or could not be looked at. */
  readonly waiting: number;
  readonly forgotten: number;
  readonly failed: number;
}

/** Nobody has said for a month what this file is: it goes, and its uploader hears of it. */
const forget = async (ports: ReceivePorts, upload: Upload): Promise<void> => {
  const { refused } = await ports.facts.commit(refuse(ports, upload, 'not-described'));
  if (refused === null) await ports.archiveFiles.remove(upload.id);
};

/**
 * Looks after uploads that nobody tells of any more: takes up verdicts that were lost on their way, refuses what was
 * not checked in time, and forgets what nobody describes. One that cannot be dealt with holds up no other.
 */
export const mindUploads =
  (ports: ReceivePorts) =>
  async (correlationId: string): Promise<Minded> => {
    const now = ports.clock.now();
    const counts = { waiting: 0, forgotten: 0, failed: 0 };
    for await (const upload of ports.uploads.undecided(addSeconds(now, -PATIENCE_SECONDS))) {
      try {
        if (upload.outcome?.kind !== 'checked') {
          counts.waiting += 1;
          await reconsiderUpload(ports)(upload);
        } else if (now > addHours(upload.outcome.at, HOURS_TO_DESCRIBE)) {
          counts.forgotten += 1;
          await forget(ports, upload);
        }
      } catch {
        counts.failed += 1;
        ports.log('WARN', 'upload not minded', { upload: upload.id, correlationId });
      }
    }
    return counts;
  };
