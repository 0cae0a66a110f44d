import { MemoryReceipts } from '#adapters/memory/receipts.ts';
import { answerSubmission } from '#domain/priorities/answer-submission.ts';
import { changePriority } from '#domain/priorities/change-priority.ts';
import { leaveSubmission, type SubmissionDraft } from '#domain/priorities/leave-submission.ts';
import { mailAreaDigests } from '#domain/priorities/mail-area-digests.ts';
import type { Notice } from '#domain/priorities/ports.ts';
import type { Priority } from '#domain/priorities/priority.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import { triageSubmission } from '#domain/priorities/triage-submission.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { CountingIds, CountingReferences } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anArea, aPriority, BOROUGH, WARD } from '#test/support/stores/records.ts';

export const FALLBACK = 'contact@folkmoot.example';
export const OTHER_WARD = 'E05099902';
export const GONE_WARD = 'E05099903';

export const aPractitioner = (changes: Partial<Actor> = {}): Actor => ({
  email: 'practitioner@folkmoot.example',
  post: 'Neighbourhood officer',
  roles: ['practitioner'],
  unit: { id: 'millbrook-team', name: 'Millbrook team' },
  areas: [WARD],
  ...changes,
});

export const aDraft = (changes: Partial<SubmissionDraft> = {}): SubmissionDraft => ({
  area: WARD,
  supports: null,
  text: 'The lamps in the underpass are broken.',
  category: 'road-safety',
  email: 'resident@example.org',
  channel: 'web',
  ...changes,
});

/** The use cases of priorities over stores in memory: a borough with a team, a ward with one, one without, one gone. */
export const openWorld = async () => {
  const stores = openMemoryStores();
  const ports = {
    ...stores,
    receipts: new MemoryReceipts(),
    ids: new CountingIds(),
    references: new CountingReferences(),
    fallbackMailbox: FALLBACK,
  };
  await stores.areas.save([
    anArea({
      code: BOROUGH,
      name: 'Exampleham',
      kind: 'borough',
      borough: null,
      team: { name: 'Exampleham desk', mailbox: 'exampleham@folkmoot.example' },
    }),
    anArea(),
    anArea({ code: OTHER_WARD, name: 'Northgate', team: null }),
    anArea({ code: GONE_WARD, name: 'Old Mill', superseded: { on: '2022-05-05', by: [WARD] } }),
  ]);
  const leaveOnce = leaveSubmission(ports);
  const triage = triageSubmission(ports);
  const leave = (draft: SubmissionDraft, key = ports.ids.secret()) =>
    leaveOnce(draft, { key, actor: { kind: 'public' }, correlationId: 'correlation-1' });
  return {
    ...ports,
    leave,
    triage,
    answer: answerSubmission(ports),
    change: changePriority(ports),
    digest: mailAreaDigests(ports),

    addPriority: async (changes: Partial<Priority> = {}): Promise<Priority> => {
      const priority = aPriority(changes);
      await stores.facts.commit([stores.priorities.toAdd(priority)]);
      return priority;
    },

    /** Leaves something that is taken, and reads it back. */
    left: async (changes: Partial<SubmissionDraft> = {}): Promise<Submission> => {
      const outcome = await leave(aDraft(changes));
      if (!outcome.ok) throw new Error(`refused: ${outcome.error.name}`);
      const submission = await stores.submissions.find(outcome.value.submission);
      if (!submission) throw new Error('what was taken is not there');
      return submission;
    },

    deed: (submission: { readonly version: number }, by: Actor = aPractitioner()) => ({
      by,
      version: submission.version,
      correlationId: 'correlation-2',
    }),

    waiting: async () => {
      const waiting: Notice[] = [];
      for await (const notice of stores.notices.waiting()) waiting.push(notice);
      return waiting;
    },
    peopleBehind: async (priority: string, area = WARD) =>
      (await stores.supporters.countsOf(area)).get(priority) ?? 0,
  };
};

export type World = Awaited<ReturnType<typeof openWorld>>;
