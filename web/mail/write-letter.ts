import type {
  AreaDigest,
  MailingMessage,
  MailingPaused,
  Message,
  MessageKind,
  OptOut,
  PreferencesLink,
  StaffInvitation,
  SubmissionAnswered,
  SubmissionFlagged,
  SubmissionReceived,
  SubscriptionConfirmation,
  UploadNotFiled,
  UploadRefused,
  WeeklyDigest,
} from '#domain/mailings/message.ts';
import { type Instant, londonDate } from '#domain/shared/clock.ts';
import { oneLine } from '#domain/shared/text.ts';
import { paths } from '../paths.ts';
import { formatDate, formatDateTime, formatTimeAndDay } from '../render/dates.ts';
import { countingOf, translator } from '../render/translate.ts';
import type { Site } from '../site.ts';
import { type Block, type Href, type Letter, span } from './block.ts';
import type { Desk, ValuesOf } from './desk.ts';
import { fillInLetter } from './fill-in-letter.ts';
import type { FillingOfLetter } from './letter-source.ts';
import type { MailLanguage } from './mail-language.ts';
import { personalise, readStaffLetter } from './staff-letter.ts';
import { writeChaseDigest } from './write-chase-digest.ts';

type Underscored<Word extends string> = Word extends `${infer Before}-${infer After}`
  ? `${Before}_${Underscored<After>}`
  : Word;

/** A word of the domain as sentences choose by it: names in ICU's message format have no hyphen. */
const choice = <Word extends string>(word: Word) => word.replaceAll('-', '_') as Underscored<Word>;

const momentOf = (at: Instant | null, { t }: Desk): string | null =>
  at === null ? null : formatDateTime(t, at);

const writeReceived = (
  { reference, area, supports, text, answerBy }: SubmissionReceived,
  desk: Desk,
): ValuesOf<'submission-received'> => ({
  kind: supports ? 'support' : 'own',
  reference,
  area: area.name,
  title: supports?.title ?? null,
  time: momentOf(answerBy, desk),
  words: text,
  follow: desk.url(paths.area(area.code)),
});

const writeAnswered = (
  { reference, area, priority, outcome, answer, text }: SubmissionAnswered,
  { url }: Desk,
): ValuesOf<'submission-answered'> => ({
  reference,
  area: area.name,
  outcome: choice(outcome.kind),
  title: priority?.title ?? null,
  to: outcome.kind === 'passed-on' ? outcome.to : null,
  reason: outcome.kind === 'not-taken-up' ? outcome.reason : null,
  answer,
  words: text,
  leads: priority ? 'priority' : 'other',
  follow: url(priority ? paths.priority(priority.id) : paths.area(area.code)),
});

const writeFlagged = (
  { reference, area, cautions, submission, answerBy }: SubmissionFlagged,
  desk: Desk,
): ValuesOf<'submission-flagged'> => ({
  reference,
  area: area.name,
  cautions: cautions.map((caution) => ({ caution: choice(caution) })),
  time: momentOf(answerBy, desk),
  open: desk.url(paths.submission(submission)),
});

const writeDigest = ({ area, submissions }: AreaDigest, desk: Desk): ValuesOf<'area-digest'> => ({
  count: submissions.length,
  area: area.name,
  submissions: submissions.map(({ id, reference, answerBy, supports }) => ({
    reference,
    kind: supports ? 'support' : 'other',
    time: momentOf(answerBy, desk),
    open: desk.url(paths.submission(id)),
  })),
  inbox: desk.url(paths.inbox),
});

const writeInvitation = (
  { post, unit, invitedBy, secret, endsAt }: StaffInvitation,
  { t, url }: Desk,
): ValuesOf<'staff-invitation'> => ({
  invited: invitedBy === null ? 'other' : 'by_somebody',
  by: invitedBy,
  post,
  unit,
  open: secret === null ? null : url(paths.invitation(secret)),
  time: formatTimeAndDay(t, endsAt),
});

const writeConfirmation = (
  { topics, areas, frequency, secret, endsAt }: SubscriptionConfirmation,
  { t, url }: Desk,
): ValuesOf<'subscription-confirmation'> => ({
  topics: topics.map((topic) => ({ topic })),
  areas: areas.map(({ name }) => ({ area: name })),
  reach: areas.length === 0 ? 'everywhere' : 'other',
  frequency: choice(frequency),
  confirm: secret === null ? null : url(paths.signUpConfirm(secret)),
  time: formatTimeAndDay(t, endsAt),
});

const writePreferencesLink = (
  { secret, endsAt }: PreferencesLink,
  { t, url }: Desk,
): ValuesOf<'preferences-link'> => ({
  change: secret === null ? null : url(paths.preferences(secret)),
  time: formatTimeAndDay(t, endsAt),
});

const waysOut = ({ unsubscribe, preferences }: OptOut, { url }: Desk) => ({
  unsubscribe: url(paths.unsubscribe(unsubscribe)),
  preferences: url(paths.preferences(preferences)),
});

/** The area of whom it is for, or what stands for it where that is the whole force. */
const knownOf = ({ area }: Pick<MailingMessage, 'area'>, { t }: Desk) => ({
  area: area?.name ?? t('mail.your-area'),
});

const writeMailing = (message: MailingMessage, desk: Desk): ValuesOf<'mailing'> => ({
  purpose: message.isTest ? 'test' : 'other',
  subject: personalise(message.subject, knownOf(message, desk)),
  letter: readStaffLetter(message.source, knownOf(message, desk)),
  ...waysOut(message.optOut, desk),
});

/** A step further down, below the heading of its message. */
const demote = (block: Block): Block => (block.kind === 'heading' ? { ...block, level: 3 } : block);

const writeWeeklyDigest = ({ items, optOut }: WeeklyDigest, desk: Desk): ValuesOf<'weekly-digest'> => ({
  count: items.length,
  messages: items.flatMap((item): readonly Block[] => {
    const known = knownOf(item, desk);
    const subject = oneLine(personalise(item.subject, known));
    return [
      { kind: 'heading', level: 2, words: [span(subject)] },
      ...readStaffLetter(item.source, known).map(demote),
    ];
  }),
  ...waysOut(optOut, desk),
});

/** "6.2", of a hundred; null where nothing was sent. */
const shareOf = ({ sent, affected }: MailingPaused): string | null =>
  sent === 0 ? null : String(Math.round((affected / sent) * 1000) / 10);

const writePaused = (message: MailingPaused, { url }: Desk): ValuesOf<'mailing-paused'> => ({
  subject: message.subject,
  reason: message.reason,
  sent: message.sent,
  affected: message.affected,
  share: shareOf(message),
  open: url(paths.mailing(message.mailing)),
});

const writeRefused = (message: UploadRefused, { t, url }: Desk): ValuesOf<'upload-refused'> => ({
  name: message.name,
  day: formatDate(t, londonDate(message.uploadedAt)),
  why: t(`mail.refused.${message.reason}`),
  open: url(paths.upload(message.upload)),
});

const writeNotFiled = (message: UploadNotFiled, { t, url }: Desk): ValuesOf<'upload-not-filed'> => ({
  name: message.name,
  day: formatDate(t, londonDate(message.uploadedAt)),
  document: message.document,
  why: message.why === 'withdrawn' ? 'withdrawn' : 'other',
  until: formatDate(t, message.until),
  open: url(paths.upload(message.upload)),
});

type Writers = {
  readonly [Kind in MessageKind]: (message: Extract<Message, { kind: Kind }>, desk: Desk) => ValuesOf<Kind>;
};

/**
 * What is filled into the letter of each kind of message. A kind without a writer does not compile, nor one without a
 * source in web/mail/letters.en.ts, nor a value that its source asks for and that is missing here.
 */
const writers: Writers = {
  'submission-received': writeReceived,
  'submission-answered': writeAnswered,
  'submission-flagged': writeFlagged,
  'area-digest': writeDigest,
  'staff-invitation': writeInvitation,
  'subscription-confirmation': writeConfirmation,
  'preferences-link': writePreferencesLink,
  mailing: writeMailing,
  'weekly-digest': writeWeeklyDigest,
  'mailing-paused': writePaused,
  'chase-digest': writeChaseDigest,
  'upload-refused': writeRefused,
  'upload-not-filed': writeNotFiled,
};

/** Writes the letters of one site in one language. */
export const letterWriter = (
  { service, organisation }: Site,
  language: MailLanguage,
  url: (path: string) => Href,
): ((message: Message) => Letter) => {
  const desk = { t: translator(language), url };
  const counting = countingOf(language);
  return (message) => {
    const write = writers[message.kind] as (message: Message, desk: Desk) => FillingOfLetter;
    const values = { ...write(message, desk), service, organisation };
    return fillInLetter(language.letters[message.kind], values, counting);
  };
};
