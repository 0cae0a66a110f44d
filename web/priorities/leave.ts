import type * as z from 'zod';
import { categories, MAX_TEXT } from '#domain/priorities/submission.ts';
import { cautionsAbout } from '#domain/priorities/wording.ts';
import type { Draft } from '#domain/sessions/ports.ts';
import { type FormModel, readFields, untouched } from '../forms/form.ts';
import { guardError } from '../forms/guard.ts';
import { addressLimits, askLimits, submissionLimit } from '../http/abuse.ts';
import { notFound, PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { param, sessionOf, type Visit } from '../http/route.ts';
import { categoryForm, emailForm, textForm, wordsForm } from './forms.ts';
import {
  type FindSubject,
  findArea,
  findDraft,
  findPriority,
  findReceipt,
  isOver,
  type JourneyPorts,
  type Step,
  type Subject,
  saveFields,
  stepPath,
  toSubmission,
} from './journey.ts';
import { categoryView, checkView, emailView, receivedView, textView, warningView } from './leave-views.ts';

/** Marks that a page was opened from "check your answers", to which it then leads back. */
const FROM_CHECK = 'check';

const cameFromCheck = (visit: Visit): boolean => visit.query.get('from') === FROM_CHECK;

type ShowForm = (
  subject: Subject,
  visit: Visit,
  draft: Draft | null,
  form: FormModel,
  status?: number,
) => Reply;

/** A page of the journey with a form: how it looks, what it takes, and which page follows. */
interface FormPage {
  readonly step: Step | null;
  readonly show: ShowForm;
  readonly schemaFor: (subject: Subject) => z.ZodObject<Record<string, z.ZodType>>;
  readonly next: (subject: Subject, draft: Draft) => Step;
}

const followingText = (subject: Subject): Step => (subject.priority ? 'email' : 'category');

const hasCautions = (draft: Draft): boolean => cautionsAbout(draft.fields.text ?? '').length > 0;

const backTo = (subject: Subject, visit: Visit, draft: Draft | null, before: Step | null): string =>
  stepPath(subject, cameFromCheck(visit) ? 'check' : before, draft?.id ?? null);

const textPage: FormPage = {
  step: null,
  show: (subject, visit, draft, form, status) => {
    const back = cameFromCheck(visit) ? stepPath(subject, 'check', draft?.id ?? null) : subject.origin;
    return showPage(textView, { subject, back, max: MAX_TEXT, ...form }, status);
  },
  schemaFor: (subject) => (subject.priority ? wordsForm : textForm),
  next: (subject, draft) => (hasCautions(draft) ? 'warning' : followingText(subject)),
};

const categoryPage: FormPage = {
  step: 'category',
  show: (subject, visit, draft, form, status) =>
    showPage(
      categoryView,
      { subject, back: backTo(subject, visit, draft, null), categories, ...form },
      status,
    ),
  schemaFor: () => categoryForm,
  next: () => 'email',
};

const emailPage: FormPage = {
  step: 'email',
  show: (subject, visit, draft, form, status) => {
    const before = subject.priority ? null : 'category';
    return showPage(emailView, { subject, back: backTo(subject, visit, draft, before), ...form }, status);
  },
  schemaFor: () => emailForm,
  next: () => 'check',
};

const formPages: ReadonlyMap<string, FormPage> = new Map([
  ['category', categoryPage],
  ['email', emailPage],
]);

/** Where a person goes whose draft was sent already, or is not there (any more). */
const elsewhere = async (
  ports: JourneyPorts,
  subject: Subject,
  draft: Draft | null,
): Promise<Reply | null> => {
  if (!draft) return redirectTo(subject.start);
  return (await findReceipt(ports, draft)) ? redirectTo(stepPath(subject, 'received', draft.id)) : null;
};

type OnForm = (
  ports: JourneyPorts,
  page: FormPage,
  subject: Subject,
  visit: Visit,
  draft: Draft | null,
) => Promise<Reply> | Reply;

/** Only the first page can be used without a draft; a draft that was sent can be used on none. */
const withDraft =
  (onForm: OnForm) =>
  async (ports: JourneyPorts, page: FormPage, subject: Subject, visit: Visit): Promise<Reply> => {
    const draft = await findDraft(ports, subject, visit);
    const away = page.step === null && !draft ? null : await elsewhere(ports, subject, draft);
    return away ?? onForm(ports, page, subject, visit, draft);
  };

const showForm = withDraft((_ports, page, subject, visit, draft) =>
  page.show(subject, visit, draft, untouched(draft?.fields)),
);

const takeForm = withDraft(async (ports, page, subject, visit, draft) => {
  const read = readFields(page.schemaFor(subject), visit.form);
  if (!read.ok) return page.show(subject, visit, draft, read, 400);
  const turnedAway = page.step === null ? guardError(visit, 'text') : null;
  if (turnedAway) {
    const typed = read.values as Record<string, string>;
    return page.show(subject, visit, draft, { typed, errors: [turnedAway] }, 400);
  }
  const saved = await saveFields(ports, subject, visit, draft, read.values as Record<string, string>);
  const next = page.next(subject, saved);
  const onwards = cameFromCheck(visit) && next !== 'warning' ? 'check' : next;
  return redirectTo(stepPath(subject, onwards, saved.id, cameFromCheck(visit) ? FROM_CHECK : null));
});

const showWarning = (subject: Subject, visit: Visit, draft: Draft): Reply => {
  const cautions = cautionsAbout(draft.fields.text ?? '');
  const from = cameFromCheck(visit) ? FROM_CHECK : null;
  const onwards = stepPath(subject, from ? 'check' : followingText(subject), draft.id);
  if (cautions.length === 0) return redirectTo(onwards);
  const change = stepPath(subject, null, draft.id, from);
  return showPage(warningView, { subject, back: change, cautions, change, onwards });
};

const showCheck = (subject: Subject, draft: Draft): Reply => {
  if (!subject.priority && !draft.fields.text) return redirectTo(stepPath(subject, null, draft.id));
  const change = (step: Step | null) => stepPath(subject, step, draft.id, FROM_CHECK);
  return showPage(checkView, {
    subject,
    back: stepPath(subject, 'email', draft.id),
    fields: draft.fields,
    cautions: cautionsAbout(draft.fields.text ?? ''),
    change: { text: change(null), category: change('category'), email: change('email') },
  });
};

/** By visit, and by the address that is left: what is refused is kept as a draft, and can be sent later. */
const limitSubmissions = async (ports: JourneyPorts, visit: Visit, { fields }: Draft): Promise<void> => {
  if (ports.abuseLimits === null) return;
  const { correlationId } = visit;
  const key = `session ${sessionOf(visit).id}`;
  await askLimits(ports, 'take', [submissionLimit(ports.abuseLimits)], { key, correlationId });
  if (fields.email)
    await askLimits(ports, 'take', addressLimits, { key: `address ${fields.email}`, correlationId });
};

const send = async (ports: JourneyPorts, subject: Subject, visit: Visit, draft: Draft): Promise<Reply> => {
  await limitSubmissions(ports, visit, draft);
  const left = await ports.leave(toSubmission(subject, draft), {
    key: draft.id,
    actor: { kind: 'public' },
    correlationId: visit.correlationId,
  });
  if (left.ok) return redirectTo(stepPath(subject, 'received', draft.id));
  switch (left.error.name) {
    case 'TextMissing':
      return redirectTo(stepPath(subject, null, draft.id));
    case 'KeyReused':
      throw new PageError(409, 'sent-before');
    // Closed or replaced while the person was writing: the page that she came from says so.
    case 'AreaUnknown':
    case 'PriorityClosed':
      return redirectTo(subject.origin);
  }
};

const showReceived = async (ports: JourneyPorts, subject: Subject, draft: Draft | null): Promise<Reply> => {
  if (!draft) return redirectTo(subject.origin);
  const receipt = await findReceipt(ports, draft);
  if (!receipt) return redirectTo(stepPath(subject, 'check', draft.id));
  return showPage(receivedView, { subject, receipt, mailed: Boolean(draft.fields.email) });
};

const showFurther = async (
  ports: JourneyPorts,
  step: string,
  subject: Subject,
  visit: Visit,
): Promise<Reply> => {
  const form = formPages.get(step);
  if (form) return showForm(ports, form, subject, visit);
  const draft = await findDraft(ports, subject, visit);
  const away = await elsewhere(ports, subject, draft);
  if (!draft || away) return away ?? redirectTo(subject.start);
  if (step === 'warning') return showWarning(subject, visit, draft);
  if (step === 'check') return showCheck(subject, draft);
  throw notFound();
};

const takeFurther = async (
  ports: JourneyPorts,
  step: string,
  subject: Subject,
  visit: Visit,
): Promise<Reply> => {
  const form = formPages.get(step);
  if (form) return takeForm(ports, form, subject, visit);
  if (step !== 'check') throw notFound();
  const draft = await findDraft(ports, subject, visit);
  return draft ? send(ports, subject, visit, draft) : redirectTo(subject.start);
};

/**
 * Where a person goes when nothing can be left here any more: to what they had sent before that, or back to
 * where they came from.
 */
const whenOver = async (ports: JourneyPorts, subject: Subject, visit: Visit): Promise<Reply | null> => {
  if (!isOver(subject)) return null;
  const draft = await findDraft(ports, subject, visit);
  const sent = draft && (await findReceipt(ports, draft));
  return redirectTo(sent ? stepPath(subject, 'received', draft.id) : subject.origin);
};

/** The first page of a journey. */
const firstPage = (ports: JourneyPorts, find: FindSubject) => {
  const unlessOver =
    (answer: typeof showForm) =>
    async (visit: Visit): Promise<Reply> => {
      const subject = await find(visit);
      return (await whenOver(ports, subject, visit)) ?? answer(ports, textPage, subject, visit);
    };
  return { show: unlessOver(showForm), take: unlessOver(takeForm) };
};

/** The pages after the first, by the last part of their address. */
const furtherPages = (ports: JourneyPorts, find: FindSubject) => ({
  show: async (visit: Visit): Promise<Reply> => {
    const subject = await find(visit);
    const step = param(visit, 'step');
    if (step === 'received') return showReceived(ports, subject, await findDraft(ports, subject, visit));
    return (await whenOver(ports, subject, visit)) ?? showFurther(ports, step, subject, visit);
  },
  take: async (visit: Visit): Promise<Reply> => {
    const subject = await find(visit);
    return (
      (await whenOver(ports, subject, visit)) ?? takeFurther(ports, param(visit, 'step'), subject, visit)
    );
  },
});

const journeyOf = (ports: JourneyPorts, find: FindSubject) => ({
  first: firstPage(ports, find),
  further: furtherPages(ports, find),
});

/** The journeys on which people leave a priority of their own, or support one that is there. */
export const openJourneys = (ports: JourneyPorts) => ({
  own: journeyOf(ports, findArea(ports)),
  support: journeyOf(ports, findPriority(ports)),
});
