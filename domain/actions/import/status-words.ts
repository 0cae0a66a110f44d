import type { ActionStatus } from '../action.ts';

/** A status as somebody has written it, and what else the text says. */
export interface StatusSaid {
  readonly status: ActionStatus;
  /** Until when it was put off, in their words: `2011`, `March 2012`. */
  readonly until: string | null;
  /** The rest: why, or what came out. */
  readonly detail: string;
}

const WORDS: readonly (readonly [ActionStatus, string])[] = [
  ['not-started', 'not (?:yet )?(?:started|begun|commenced)|yet to (?:start|begin)|no progress(?: yet)?'],
  [
    'in-progress',
    'in progress|in hand|under ?way|on[ -]?going|continuing|started|commenced|on (?:track|target|schedule)',
  ],
  ['complete', 'completed?|done|achieved|delivered|finished|implemented'],
  ['deferred', 'deferred|postponed'],
  ['business-as-usual', 'business[ -]as[ -]usual|b\\.?a\\.?u\\.?'],
  ['dropped', 'dropped|withdrawn|cancell?ed|discontinued|abandoned|no longer (?:required|needed|applicable)'],
];

const PATTERNS = WORDS.map(
  ([status, words]) => [status, new RegExp(`^(?:now )?(?:${words})(?![\\p{L}\\p{N}])`, 'iu')] as const,
);

// A day, a month or a year behind the word: "Completed June 2010", "Done (31/3/10)".
const WHEN =
  /^[\s,:(–—-]*(?:in |on )?(?:(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?(?:\d{4}|\d{2})?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}(?:\/\d{2})?)[.)]?$/i;

const UNTIL = /^\s*(?:to|until|till)\s+(.+)$/is;

// What may stand between the word and a sentence: without it the word belongs to the sentence ("Completed drafts are...").
const BREAK = /^(?:\s*[.:;–—\n]|\s+-|\s*\()\s*/;

const closeBracket = (text: string): string => text.replace(/^([^()]*)\)$/, '$1').trim();

const restOf = (status: ActionStatus, rest: string): Omit<StatusSaid, 'status'> | null => {
  if (/^[\s.!]*$/.test(rest)) return { until: null, detail: '' };
  const until = status === 'deferred' ? UNTIL.exec(rest)?.[1] : undefined;
  if (until !== undefined) {
    const [when = '', ...why] = until.split(/\s*[;–—\n]\s*|\s+-\s+/);
    return { until: when.replace(/\.$/, ''), detail: why.join('; ') };
  }
  // "Deferred June 2011" may be when it was decided or until when.
  if (status !== 'deferred' && WHEN.test(rest)) return { until: null, detail: '' };
  const detail = rest.replace(BREAK, '');
  return detail === rest ? null : { until: null, detail: closeBracket(detail) };
};

/** What a text says about how far an action is, when it begins with a word for that. Null for all others. */
export const statusSaid = (text: string): StatusSaid | null => {
  const written = text.trim();
  for (const [status, pattern] of PATTERNS) {
    const found = pattern.exec(written);
    const rest = found && restOf(status, written.slice(found[0].length));
    if (rest) return { status, ...rest };
  }
  return null;
};

const WRITTEN: Readonly<Record<ActionStatus, string>> = {
  'not-started': 'Not started',
  'in-progress': 'In progress',
  complete: 'Complete',
  deferred: 'Deferred',
  'business-as-usual': 'Business as usual',
  dropped: 'Dropped',
};

export const writeStatus = (status: ActionStatus): string => WRITTEN[status];
