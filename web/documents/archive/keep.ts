import * as z from 'zod';
import { documentsArchiveRestore } from '#build/templates/documents/archive/restore.njk.js';
import { documentsArchiveReview } from '#build/templates/documents/archive/review.njk.js';
import { documentsArchiveWithdraw } from '#build/templates/documents/archive/withdraw.njk.js';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { usualReview } from '#domain/documents/file-upload.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import {
  choiceField,
  type FieldError,
  type FormModel,
  type FormOutcome,
  readFields,
  textField,
  untouched,
  versionField,
} from '../../forms/form.ts';
import { type Reply, redirectTo, showPage } from '../../http/reply.ts';
import { page, post, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns } from '../../paths.ts';
import { view } from '../../render/render.ts';
import { readOptionalDay } from '../details/read-details.ts';
import { deedOf, findToKeep } from '../find.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { answerDeed } from './outcome.ts';

type Asked = FormModel & { document: ArchiveDocument };

const reviewView = view<Asked>(documentsArchiveReview);
const withdrawView = view<Asked>(documentsArchiveWithdraw);
const restoreView = view<Asked>(documentsArchiveRestore);

/** Characters of a reason. */
const MOST_REASON = 1_000;

const withdrawForm = z.object({
  version: versionField,
  reason: textField({ max: MOST_REASON, empty: 'withdraw.reason.empty', long: 'withdraw.reason.long' }),
});

const reviewForm = z.object({
  version: versionField,
  next: choiceField(['day', 'never'], 'review.next.missing'),
});

const wrongDay = (day: LocalDate | null | undefined, today: LocalDate): FieldError | null => {
  if (!day) return { field: 'review-day', key: day === null ? 'review.day.empty' : 'details.review.wrong' };
  return day <= today ? { field: 'review-day', key: 'details.review.past' } : null;
};

/** Reads when a document is to be looked at again: null for never. */
const readReview = (
  posted: URLSearchParams,
  today: LocalDate,
): FormOutcome<{ readonly version: number; readonly reviewOn: LocalDate | null }> => {
  const read = readFields(reviewForm, posted);
  const typed = Object.fromEntries(posted);
  if (!read.ok) return { ...read, typed };
  const { version, next } = read.values;
  if (next === 'never') return { ok: true, values: { version, reviewOn: null } };
  const day = readOptionalDay('review', typed);
  const error = wrongDay(day, today);
  return error
    ? { ok: false, typed, errors: [error] }
    : { ok: true, values: { version, reviewOn: day ?? null } };
};

const suggestReview = (document: ArchiveDocument, today: LocalDate): Readonly<Record<string, string>> => {
  const [year = '', month = '', day = ''] = usualReview(today).split('-');
  return {
    version: String(document.version),
    ...{ next: 'day', 'review-day': String(Number(day)), 'review-month': String(Number(month)) },
    'review-year': year,
  };
};

const askReview =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    if (document.withdrawn) return redirectTo(paths.document(document.id));
    return showPage(reviewView, { ...untouched(suggestReview(document, londonDate(visit.now))), document });
  };

const review =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    const { id } = document;
    const read = readReview(visit.form, londonDate(visit.now));
    if (!read.ok) return showPage(reviewView, { ...read, document }, 400);
    const { version, reviewOn } = read.values;
    const outcome = await ports.documentDeeds.review(id, reviewOn, { ...deedOf(visit), version });
    return answerDeed(outcome, await ports.documents.find(id), {
      ...{ id, done: 'reviewed' },
      isDone: (now) => now.version === version + 1 && now.reviewOn === reviewOn,
    });
  };

const askWithdraw =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    const { version, withdrawn } = document;
    const typed = { version: String(version), ...(withdrawn ? { reason: withdrawn.reason } : {}) };
    return showPage(withdrawView, { ...untouched(typed), document });
  };

/** Withdraws it; of one that is withdrawn, changes the reason. */
const withdraw =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    const { id } = document;
    const read = readFields(withdrawForm, visit.form);
    if (!read.ok) return showPage(withdrawView, { ...read, document }, 400);
    const { version, reason } = read.values;
    const deed = { ...deedOf(visit), version };
    const { withdraw, explainWithdrawal } = ports.documentDeeds;
    const again = visit.form.get('again') === '1';
    const outcome = await (again ? explainWithdrawal : withdraw)(id, reason, deed);
    return answerDeed(outcome, await ports.documents.find(id), {
      ...{ id, done: again ? 'explained' : 'withdrawn' },
      isDone: (now) => now.version === version + 1 && now.withdrawn?.reason === reason,
    });
  };

const askRestore =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    if (!document.withdrawn) return redirectTo(paths.document(document.id));
    return showPage(restoreView, { ...untouched({ version: String(document.version) }), document });
  };

const restore =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    const { id } = document;
    if (!document.withdrawn) return redirectTo(paths.document(id));
    const version = versionField.parse(visit.form.get('version'));
    const outcome = await ports.documentDeeds.restore(id, { ...deedOf(visit), version });
    return answerDeed(outcome, await ports.documents.find(id), {
      ...{ id, done: 'restored' },
      isDone: (now) => now.withdrawn === null,
    });
  };

/** Looking whether a document still holds, withdrawing it, and taking that back. */
export const keepRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.documentReview, { may: 'keep documents', answer: askReview(ports) }),
  post(patterns.documentReview, { may: 'keep documents', answer: review(ports) }),
  page(patterns.documentWithdraw, { may: 'keep documents', answer: askWithdraw(ports) }),
  post(patterns.documentWithdraw, { may: 'keep documents', answer: withdraw(ports) }),
  page(patterns.documentRestore, { may: 'keep documents', answer: askRestore(ports) }),
  post(patterns.documentRestore, { may: 'keep documents', answer: restore(ports) }),
];
