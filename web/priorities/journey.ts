import type { Area } from '#domain/areas/area.ts';
import type { Areas } from '#domain/areas/ports.ts';
import type {
  leaveSubmission,
  SubmissionDraft,
  SubmissionReceipt,
} from '#domain/priorities/leave-submission.ts';
import type { Priorities, Supporters } from '#domain/priorities/ports.ts';
import { isOpenToSupport, type Priority } from '#domain/priorities/priority.ts';
import { categorySchema } from '#domain/priorities/submission.ts';
import type { Draft, Drafts } from '#domain/sessions/ports.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { Receipts } from '#domain/shared/once.ts';
import type { AbusePorts } from '../http/abuse.ts';
import { notFound } from '../http/reply.ts';
import { param, sessionOf, type Visit } from '../http/route.ts';
import { paths, withQuery } from '../paths.ts';

export interface JourneyPorts extends AbusePorts {
  readonly areas: Areas;
  readonly priorities: Priorities;
  readonly supporters: Supporters;
  readonly drafts: Drafts;
  readonly receipts: Receipts;
  readonly ids: Ids;
  readonly leave: ReturnType<typeof leaveSubmission>;
}

/** What the journey is about: an area, and the priority that is supported (null: a person's own). */
export interface Subject {
  readonly area: Area;
  readonly priority: Priority | null;
  /** The address of the first page; the others lie below it. */
  readonly start: string;
  /** Where the person came from. */
  readonly origin: string;
}

export type FindSubject = (visit: Visit) => Promise<Subject>;

/** The area of a journey that leaves a person's own priority. */
export const findArea =
  ({ areas }: JourneyPorts): FindSubject =>
  async (visit) => {
    const area = await areas.find(param(visit, 'code'));
    if (area?.kind !== 'ward') throw notFound();
    return { area, priority: null, start: paths.newPriority(area.code), origin: paths.area(area.code) };
  };

/** The priority that a journey supports. */
export const findPriority =
  ({ areas, priorities }: JourneyPorts): FindSubject =>
  async (visit) => {
    const priority = await priorities.find(param(visit, 'id'));
    const area = priority && (await areas.find(priority.area));
    if (!priority || !area) throw notFound();
    return { area, priority, start: paths.support(priority.id), origin: paths.priority(priority.id) };
  };

/** Whether nothing can be left here any more: the area was replaced, or the priority is achieved or closed. */
export const isOver = ({ area, priority }: Subject): boolean =>
  area.superseded !== null || (priority !== null && !isOpenToSupport(priority));

const formOf = ({ area, priority }: Subject): string =>
  priority ? `support ${priority.id}` : `priority for ${area.code}`;

export type Step = 'warning' | 'category' | 'email' | 'check' | 'received';

/** The address of a page of the journey, for this draft. `from` remembers that the person came from the last page. */
export const stepPath = (
  subject: Subject,
  step: Step | null,
  draft: string | null,
  from: string | null = null,
): string => withQuery(step === null ? subject.start : `${subject.start}/${step}`, { draft, from });

/** The draft that the address names, when it is this visit's own and belongs to this form. */
export const findDraft = async (
  { drafts }: JourneyPorts,
  subject: Subject,
  visit: Visit,
): Promise<Draft | null> => {
  const id = visit.query.get('draft');
  if (!id) return null;
  const draft = await drafts.find(sessionOf(visit).id, id);
  return draft?.form === formOf(subject) ? draft : null;
};

/** Keeps what was typed on one page; the first page opens the draft. */
export const saveFields = async (
  { drafts, ids }: JourneyPorts,
  subject: Subject,
  visit: Visit,
  draft: Draft | null,
  fields: Readonly<Record<string, string>>,
): Promise<Draft> => {
  const saved: Draft = {
    id: draft?.id ?? ids.secret(),
    owner: sessionOf(visit).id,
    form: formOf(subject),
    fields: { ...draft?.fields, ...fields },
    savedAt: visit.now,
  };
  await drafts.save(saved);
  return saved;
};

/** What was answered to this draft when it was sent; null while it was not. */
export const findReceipt = async (
  { receipts }: JourneyPorts,
  draft: Draft,
): Promise<SubmissionReceipt | null> =>
  ((await receipts.find(draft.id, ''))?.answer as SubmissionReceipt | undefined) ?? null;

/** A draft as the use case takes it. */
export const toSubmission = ({ area, priority }: Subject, { fields }: Draft): SubmissionDraft => ({
  area: area.code,
  supports: priority?.id ?? null,
  text: fields.text ?? '',
  category: categorySchema.safeParse(fields.category).data ?? null,
  email: fields.email || null,
  channel: 'web',
});
