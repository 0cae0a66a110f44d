import type { Section } from '#domain/chasing/digest.ts';
import type { DutyKind } from '#domain/chasing/duty.ts';
import type { ChaseDigest, ChaseItem } from '#domain/mailings/message.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { oneLine } from '#domain/shared/text.ts';
import { paths, withQuery } from '../paths.ts';
import { formatDate } from '../render/dates.ts';
import { type Block, span, type Words } from './block.ts';
import type { Desk, ValuesOf } from './desk.ts';

const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / MILLISECONDS_PER_DAY);

/** "Due on 30 June 2026: 3 days overdue." */
const sayWhen = ({ owed, due }: ChaseItem, today: LocalDate, { t }: Desk): string => {
  const day = formatDate(t, due);
  if (due === today) return t('mail.chase.today', { owed, day });
  const days = Math.abs(daysBetween(today, due));
  return due > today ? t('mail.chase.ahead', { owed, day, days }) : t('mail.chase.late', { owed, day, days });
};

/** Which of the reminders it is; what is overdue says so itself, and others need no reminding. */
const sayStage = ({ owed, section, saying }: ChaseItem, { t }: Desk): string => {
  const isSaid =
    section === 'yours' &&
    saying !== 'overdue' &&
    saying !== 'owner-gone' &&
    !(saying === 'escalated' && owed === 'decision');
  return isSaid ? ` ${t(`mail.chase.said.${saying}`)}` : '';
};

/** What has leads. */
const isLed: ReadonlySet<DutyKind> = new Set(['action', 'review', 'decision', 'feedback']);

const sayLeads = ({ owed, section, leads }: ChaseItem, { t }: Desk): readonly string[] => {
  if (section === 'yours' || !isLed.has(owed)) return [];
  return [
    leads.length === 0
      ? t('mail.chase.no-lead')
      : t('mail.chase.leads', { leads: oneLine(leads.join(', ')) }),
  ];
};

/** The one thing to do about it, and where. */
const linkOf = ({ owed, section, subject }: ChaseItem, reminder: string, { t, url }: Desk) => {
  if (owed === 'answer') return span(t('mail.chase.read-submission'), url(paths.submission(subject)));
  if (owed === 'feedback') return span(t('mail.chase.open'), url(paths.staffHome));
  if (owed === 'document') {
    const path = section === 'yours' ? paths.documentReview(subject) : paths.document(subject);
    return span(t('mail.chase.review-document'), url(path));
  }
  if (owed === 'upload') return span(t('mail.chase.describe-upload'), url(paths.upload(subject)));
  if (owed === 'decision') return span(t('mail.chase.decide'), url(paths.action(subject)));
  if (section === 'yours')
    return span(t('mail.chase.tell'), url(withQuery(paths.actionProgress(subject), { reminder })));
  const what = section === 'unreachable' ? 'mail.chase.name-lead' : 'mail.chase.see-action';
  return span(t(what), url(paths.action(subject)));
};

/** A submission is known by its reference, which says little by itself. */
const titleOf = ({ owed, title }: ChaseItem, { t }: Desk): string =>
  owed === 'answer' ? t('mail.chase.submission', { reference: title }) : title;

/** One thing with all its days: an action may be due in parts. */
const wordsOf = (
  item: ChaseItem,
  all: readonly ChaseItem[],
  { day: today, reminder }: ChaseDigest,
  desk: Desk,
): Words => {
  const lines = [
    ...(item.within === null ? [] : [oneLine(item.within)]),
    ...all.map((each) => `${sayWhen(each, today, desk)}${sayStage(each, desk)}`),
    ...sayLeads(item, desk),
  ];
  return [
    { ...span(oneLine(titleOf(item, desk))), strong: true },
    span(`\n${lines.join('\n')}\n`),
    linkOf(item, reminder, desk),
  ];
};

/** What is told together, since the same is to be done about it. */
const sameOf = ({ owed, subject }: ChaseItem): string => `${owed === 'review' ? 'action' : owed} ${subject}`;

const listItems = (items: readonly ChaseItem[], message: ChaseDigest, desk: Desk): readonly Words[] =>
  [...Map.groupBy(items, sameOf).values()].flatMap((all) => {
    const [first] = all;
    return first ? [wordsOf(first, all, message, desk)] : [];
  });

/** Of actions, their page; of files alone, that of one's uploads. */
const whereAllIs = (own: readonly ChaseItem[], yours: number): string => {
  if (yours === 0) return paths.actionPlans;
  return own.some(({ owed }) => owed !== 'upload') ? paths.actions : paths.uploads;
};

/** What is filled into the digest of what is due: each thing with its plan, its day, and the way to what can be done. */
export const writeChaseDigest = (message: ChaseDigest, desk: Desk): ValuesOf<'chase-digest'> => {
  const { items, total, yours, overdue, more } = message;
  const listOf = (section: Section): readonly Block[] => {
    const there = items.filter((item) => item.section === section);
    return there.length === 0 ? [] : [{ kind: 'list', first: null, items: listItems(there, message, desk) }];
  };
  const own = items.filter(({ section }) => section === 'yours');
  const has = (section: Section) => (items.some((item) => item.section === section) ? 'some' : 'other');
  const told = yours > 0 ? own : items;
  return {
    reader: yours > 0 ? 'owner' : 'other',
    noun: told.every(({ owed }) => owed === 'action' || owed === 'review') ? 'action' : 'other',
    late: overdue > 0 ? 'some' : 'other',
    yours,
    total,
    overdue,
    owed: has('yours'),
    acts: own.some(({ owed }) => isLed.has(owed)) ? 'some' : 'other',
    mine: listOf('yours'),
    unreachable: has('unreachable'),
    lost: listOf('unreachable'),
    escalated: has('escalated'),
    others: listOf('escalated'),
    rest: more > 0 ? 'some' : 'other',
    more,
    all: desk.url(whereAllIs(own, yours)),
  };
};
