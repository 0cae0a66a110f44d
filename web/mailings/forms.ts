import * as z from 'zod';
import type { Audience } from '#domain/mailings/audience.ts';
import { MAX_SOURCE, MAX_SUBJECT } from '#domain/mailings/mailing.ts';
import type { MailingDraft } from '#domain/mailings/write-mailing.ts';
import type { Instant } from '#domain/shared/clock.ts';
import { oneLine } from '#domain/shared/text.ts';
import { type Topic, topics } from '#domain/subscriptions/subscription.ts';
import {
  choiceField,
  type FieldError,
  type FormOutcome,
  readFields,
  type TickedForm,
  textField,
  ticksOf,
  versionField,
} from '../forms/form.ts';
import { type AreaChoices, EVERYWHERE } from './area-choices.ts';
import { problemsOf } from './problems.ts';
import { readWhen } from './read-when.ts';

const audienceKinds = ['wrote', 'subscribed'] as const satisfies readonly Audience['kind'][];

const mailingForm = z.object({
  version: versionField,
  subject: textField({
    max: MAX_SUBJECT,
    empty: 'mailing.subject.empty',
    long: 'mailing.subject.long',
  }).transform(oneLine),
  source: textField({ max: MAX_SOURCE, empty: 'mailing.source.empty', long: 'mailing.source.long' }),
  kind: choiceField(audienceKinds, 'mailing.kind.missing'),
});

const wrongAreas = (ticked: readonly string[], { areas, everywhere }: AreaChoices): FieldError | null => {
  const known = [...areas.map(({ code }) => code), ...(everywhere ? [EVERYWHERE] : [])];
  if (ticked.length === 0) return { field: 'areas', key: 'mailing.areas.empty' };
  if (!ticked.every((code) => known.includes(code))) return { field: 'areas', key: 'mailing.areas.unknown' };
  if (ticked.includes(EVERYWHERE) && ticked.length > 1) return { field: 'areas', key: 'mailing.areas.both' };
  return null;
};

const isTopic = (word: string): word is Topic => topics.some((topic) => topic === word);

const wrongTopics = (kind: string | null, ticked: readonly string[]): FieldError | null => {
  if (kind !== 'subscribed') return null;
  if (ticked.length === 0) return { field: 'topics', key: 'mailing.topics.empty' };
  return ticked.every(isTopic) ? null : { field: 'topics', key: 'mailing.topics.unknown' };
};

const audienceOf = (kind: Audience['kind'], areas: readonly string[], ticked: readonly string[]): Audience =>
  kind === 'wrote'
    ? { kind, areas }
    : { kind, areas, topics: topics.filter((topic) => ticked.includes(topic)) };

type MailingRead =
  | { readonly ok: true; readonly values: { readonly version: number; readonly draft: MailingDraft } }
  | ({ readonly ok: false } & TickedForm);

/** What is wrong with the words, when each field is well formed. */
const wrongWords = (read: FormOutcome<{ subject: string; source: string }>): readonly FieldError[] =>
  read.ok ? problemsOf(read.values) : [];

const present = <T>(thing: T | null): thing is T => thing !== null;

/** Reads what a mailing says and to whom, with the version of the mailing that the form was made from. */
export const readMailing = (posted: URLSearchParams, choices: AreaChoices): MailingRead => {
  const [areas, chosen] = [ticksOf(posted, 'areas'), ticksOf(posted, 'topics')];
  const read = readFields(mailingForm, posted);
  const ticksWrong = [wrongTopics(posted.get('kind'), chosen), wrongAreas(areas, choices)].filter(present);
  const errors = [...(read.ok ? [] : read.errors), ...wrongWords(read), ...ticksWrong];
  if (!read.ok || errors.length > 0)
    return {
      ok: false,
      typed: read.ok ? Object.fromEntries(posted) : read.typed,
      ticked: [...areas, ...chosen],
      errors,
    };
  const { version, subject, source, kind } = read.values;
  const codes = areas.filter((code) => code !== EVERYWHERE);
  return {
    ok: true,
    values: { version, draft: { subject, source, audience: audienceOf(kind, codes, chosen) } },
  };
};

const typedLine = z.string().transform(oneLine);

const sendForm = z.object({
  version: versionField,
  when: choiceField(['now', 'later'], 'mailing.when.missing'),
  'at-day': typedLine,
  'at-month': typedLine,
  'at-year': typedLine,
  time: typedLine,
});

/** Reads when a mailing is to go: null for at once. */
export const readSending = (
  posted: URLSearchParams,
  now: Instant,
): FormOutcome<{ readonly version: number; readonly sendAt: Instant | null }> => {
  const read = readFields(sendForm, posted);
  if (!read.ok) return read;
  const { version, when, 'at-day': day, 'at-month': month, 'at-year': year, time } = read.values;
  if (when === 'now') return { ok: true, values: { version, sendAt: null } };
  const at = readWhen({ day, month, year, time }, now);
  if ('at' in at) return { ok: true, values: { version, sendAt: at.at } };
  return { ok: false, typed: Object.fromEntries(posted), errors: [at.error] };
};
