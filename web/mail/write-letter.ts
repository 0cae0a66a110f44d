import type {
  AreaDigest,
  Message,
  MessageKind,
  SubmissionAnswered,
  SubmissionFlagged,
  SubmissionReceived,
} from '#domain/mailings/message.ts';
import { oneLine } from '#domain/shared/text.ts';
import { paths } from '../paths.ts';
import { formatDateTime } from '../render/dates.ts';
import type { Translate } from '../render/translate.ts';
import { type Block, heading, type Letter, link, quote, text } from './block.ts';

interface Desk {
  readonly t: Translate;
  /** Makes an address of the site complete. */
  readonly url: (path: string) => string;
}

type Write<M extends Message> = (message: M, desk: Desk) => Letter;

const quoted = (t: Translate, words: string): Block[] =>
  words === '' ? [] : [text(t('mail.youWrote')), quote(words)];

const writeReceived: Write<SubmissionReceived> = (
  { reference, area, supports, text: words, answerBy },
  { t, url },
) => ({
  subject: t('mail.submission-received.subject', { reference }),
  blocks: [
    text(t('mail.greeting')),
    text(
      supports
        ? t('mail.submission-received.supports', { title: supports.title, area: area.name })
        : t('mail.submission-received.own', { area: area.name }),
    ),
    ...(answerBy ? [text(t('mail.submission-received.by', { time: formatDateTime(answerBy) }))] : []),
    text(t('mail.reference', { reference })),
    ...quoted(t, words),
    link(t('mail.submission-received.follow', { area: area.name }), url(paths.area(area.code))),
  ],
});

const describeOutcome = ({ outcome, priority }: SubmissionAnswered, t: Translate): string => {
  switch (outcome.kind) {
    case 'joined':
    case 'adopted':
      return t(`mail.submission-answered.${outcome.kind}`, { title: priority?.title ?? '' });
    case 'passed-on':
      return t('mail.submission-answered.passed-on', { to: outcome.to });
    case 'not-taken-up':
      return t('mail.submission-answered.not-taken-up', { reason: outcome.reason });
  }
};

const writeAnswered: Write<SubmissionAnswered> = (message, { t, url }) => {
  const { reference, area, priority, answer } = message;
  const follow = priority
    ? link(t('mail.submission-answered.follow.priority'), url(paths.priority(priority.id)))
    : link(t('mail.submission-answered.follow.area', { area: area.name }), url(paths.area(area.code)));
  return {
    subject: t('mail.submission-answered.subject', { reference }),
    blocks: [
      text(t('mail.greeting')),
      text(t('mail.submission-answered.intro', { area: area.name })),
      text(describeOutcome(message, t)),
      heading(t('mail.submission-answered.answer')),
      text(answer),
      follow,
      ...quoted(t, message.text),
      text(t('mail.reference', { reference })),
    ],
  };
};

const writeFlagged: Write<SubmissionFlagged> = (
  { reference, area, cautions, submission, answerBy },
  { t, url },
) => ({
  subject: t('mail.submission-flagged.subject', { reference, area: area.name }),
  blocks: [
    text(t('mail.submission-flagged.intro', { area: area.name, reference })),
    ...cautions.map((caution) => text(t(`mail.submission-flagged.${caution}`))),
    text(t('mail.submission-flagged.by', { time: formatDateTime(answerBy) })),
    link(t('mail.submission-flagged.open'), url(paths.submission(submission))),
  ],
});

const writeDigest: Write<AreaDigest> = ({ area, submissions }, { t, url }) => {
  const named = { count: submissions.length, area: area.name };
  return {
    subject: t('mail.area-digest.subject', named),
    blocks: [
      text(t('mail.area-digest.intro', named)),
      {
        kind: 'list',
        items: submissions.map(({ id, reference, answerBy, supports }) => ({
          text: t(supports ? 'mail.area-digest.item.supports' : 'mail.area-digest.item', {
            reference,
            time: formatDateTime(answerBy),
          }),
          href: url(paths.submission(id)),
        })),
      },
      link(t('mail.area-digest.open'), url(paths.inbox)),
    ],
  };
};

/** One writer for each kind of message: a kind without one does not compile. */
const writers: { readonly [Kind in MessageKind]: Write<Extract<Message, { kind: Kind }>> } = {
  'submission-received': writeReceived,
  'submission-answered': writeAnswered,
  'submission-flagged': writeFlagged,
  'area-digest': writeDigest,
};

/** Puts a message into words. The subject is one line, whatever was typed into what it names. */
export const writeLetter = (message: Message, desk: Desk): Letter => {
  const write = writers[message.kind] as Write<Message>;
  const letter = write(message, desk);
  return { ...letter, subject: oneLine(letter.subject) };
};
