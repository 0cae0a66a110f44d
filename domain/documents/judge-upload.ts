import { addHours, addSeconds, type Instant } from '../shared/clock.ts';
import { MOST_FILE_BYTES } from './file-type.ts';
import { HOURS_TO_DESCRIBE, MINUTES_FOR_VERDICTS, type RefusalReason, type Upload } from './upload.ts';

/** What is to be done with an upload now. */
export type Judgement =
  | { readonly kind: 'wait' }
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  /** Everybody who had to look at it has, and found nothing. */
  | { readonly kind: 'take' };

const wait: Judgement = { kind: 'wait' };
const refuse = (reason: RefusalReason): Judgement => ({ kind: 'refuse', reason });

/**
 * Judges an upload by the verdicts that are there, in whatever order they came. One bad verdict is enough; all good
 * ones are needed; one that does not come is never taken for a good one, and after an hour for a bad one. What nobody
 * says anything of for a month does not stay either.
 * `takesUnscanned`: this is a laptop without an engine that scans.
 */
export const judgeUpload = (
  { object, inspection, scan, outcome }: Upload,
  { now, takesUnscanned }: { readonly now: Instant; readonly takesUnscanned: boolean },
): Judgement => {
  if (outcome?.kind === 'checked' && now > addHours(outcome.at, HOURS_TO_DESCRIBE))
    return refuse('not-described');
  if (outcome || !object) return wait;
  if (object.bytes === 0) return refuse('empty');
  if ((object.bytes ?? 0) > MOST_FILE_BYTES) return refuse('too-large');
  if (scan === 'infected') return refuse('infected');
  if (inspection?.outcome === 'refused') return refuse(inspection.fault);
  if (scan === 'failed' || (scan === 'not-scanned' && !takesUnscanned)) return refuse('not-scannable');
  if (inspection && scan && object.bytes !== null) return { kind: 'take' };
  const isLate = now > addSeconds(object.at, MINUTES_FOR_VERDICTS * 60);
  return isLate ? refuse('not-checked-in-time') : wait;
};
