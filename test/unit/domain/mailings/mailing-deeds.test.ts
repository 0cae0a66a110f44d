import { beforeEach, describe, expect, test } from 'vitest';
import type { Audience } from '#domain/mailings/audience.ts';
import { mailingDeeds } from '#domain/mailings/deeds.ts';
import { type Mailing, type MailingStatus, mailingStatuses } from '#domain/mailings/mailing.ts';
import type { MailingFailure } from '#domain/mailings/mailing-deed.ts';
import type { Result } from '#domain/shared/result.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import {
  aMailing,
  aRecipient,
  LIMIT,
  openMailingFakes,
  people,
} from '#test/support/mailings/mailing-fakes.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anArea, BOROUGH, WARD } from '#test/support/stores/records.ts';

const ELSEWHERE = { borough: 'E09000998', ward: 'E05099801' };
const TEAMLESS = 'E05099902';
const NOW = '2026-11-23T09:30:00.000Z';
const LATER = '2026-11-24T09:30:00.000Z';
const BEFORE = '2026-11-23T09:00:00.000Z';

const anActor = (email: string, role: Actor['roles'][number], areas: readonly string[] = []): Actor => ({
  email: `${email}@folkmoot.example`,
  post: 'A post',
  roles: [role],
  unit: { id: 'millbrook-team', name: 'Millbrook team' },
  areas,
});
const author = anActor('practitioner', 'practitioner', [BOROUGH]);
const colleague = anActor('colleague', 'practitioner', [BOROUGH]);
const neighbour = anActor('neighbour', 'practitioner', [ELSEWHERE.borough]);
const coordinator = anActor('coordinator', 'coordinator');
const auditor = anActor('auditor', 'auditor');

const open = async () => {
  const stores = openMemoryStores();
  const fakes = openMailingFakes();
  await stores.areas.save([
    anArea({ code: BOROUGH, name: 'Exampleham', kind: 'borough', borough: null, team: null }),
    anArea(),
    anArea({ code: TEAMLESS, name: 'Northgate', team: null }),
    anArea({ code: ELSEWHERE.borough, name: 'Otherham', kind: 'borough', borough: null }),
    anArea({ code: ELSEWHERE.ward, name: 'Farside', borough: ELSEWHERE.borough }),
  ]);
  const ports = { ...stores, ...fakes, ids: new CountingIds() };
  return { ...ports, deeds: mailingDeeds(ports) };
};

let world: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  world = await open();
});

const by = (actor: Actor, version = 1) => ({ by: actor, version, correlationId: 'request-1' });
const put = async (changes: Partial<Mailing> = {}): Promise<Mailing> => {
  const mailing = aMailing(changes);
  await world.facts.commit([world.mailings.toAdd(mailing)]);
  return mailing;
};
const outcomeOf = (result: Result<Mailing, MailingFailure>): string =>
  result.ok ? result.value.status : result.error.name;
const done = { bounced: 7, complained: 1 };
const COUNTS = {
  ...{ accepted: 0, delivered: 0, suppressed: 0, held: 0, refused: 0, 'in-doubt': 0 },
  ...done,
};

/** As a mailing is in each status, when one person has written it and another one did the rest. */
const as: Readonly<Record<MailingStatus, Partial<Mailing>>> = {
  draft: {},
  'to-approve': { submittedBy: author.email },
  scheduled: { submittedBy: author.email, sendAt: LATER },
  freezing: { submittedBy: author.email, startedAt: NOW },
  sending: { submittedBy: author.email, startedAt: NOW, total: 2 },
  paused: { startedAt: NOW, total: 2, pausedFrom: 'sending', pausedFor: 'bounces' },
  sent: { startedAt: NOW, finishedAt: NOW, total: 2 },
  cancelled: { finishedAt: NOW },
};

type DeedName = 'change' | 'submit' | 'approve' | 'withdraw' | 'pause' | 'resume' | 'cancel';

const draft = { subject: 'Another', source: 'Other words', audience: aMailing().audience };

const act = (name: DeedName, id: string): Promise<Result<Mailing, MailingFailure>> => {
  const { deeds } = world;
  switch (name) {
    case 'change':
      return deeds.change(id, draft, by(colleague));
    case 'submit':
      return deeds.submit(id, null, by(colleague));
    case 'approve':
      return deeds.approve(id, by(coordinator));
    case 'resume':
      return deeds.resume(id, COUNTS, by(colleague));
    default:
      return deeds[name](id, by(colleague));
  }
};

/** What comes of each deed where it fits; elsewhere it is refused. */
const FITS: Readonly<Record<DeedName, Partial<Record<MailingStatus, MailingStatus>>>> = {
  change: { draft: 'draft' },
  submit: { draft: 'freezing' },
  approve: { 'to-approve': 'freezing' },
  withdraw: { 'to-approve': 'draft', scheduled: 'draft' },
  pause: { freezing: 'paused', sending: 'paused' },
  resume: { paused: 'sending' },
  cancel: {
    ...{ draft: 'cancelled', 'to-approve': 'cancelled', scheduled: 'cancelled' },
    ...{ freezing: 'cancelled', sending: 'cancelled', paused: 'cancelled' },
  },
};
const names = Object.keys(FITS) as DeedName[];
const everyDeed = names.flatMap((name) =>
  mailingStatuses.map((status) => ({
    name,
    status,
    outcome: FITS[name][status] ?? 'MailingInOtherState',
  })),
);

describe('what can be done', () => {
  test.each(everyDeed)('$name, when it is $status: $outcome', async ({ name, status, outcome }) => {
    const { id } = await put({ status, ...as[status] });
    const before = await world.mailings.find(id);
    expect(outcomeOf(await act(name, id))).toBe(outcome);
    const after = await world.mailings.find(id);
    if (outcome === 'MailingInOtherState') expect(after).toEqual(before);
    else expect([after?.status, after?.version]).toEqual([outcome, 2]);
  });

  test.each(names)(
    '%s, by somebody of another borough, or who only reads: there is no such mailing',
    async (name) => {
      for (const actor of [neighbour, auditor]) {
        world = await open();
        const { id } = await put({ status: 'draft' });
        const { deeds } = world;
        const outcomes = {
          change: () => deeds.change(id, draft, by(actor)),
          submit: () => deeds.submit(id, null, by(actor)),
          resume: () => deeds.resume(id, COUNTS, by(actor)),
          approve: () => deeds.approve(id, by(actor)),
          withdraw: () => deeds.withdraw(id, by(actor)),
          pause: () => deeds.pause(id, by(actor)),
          cancel: () => deeds.cancel(id, by(actor)),
        };
        expect(outcomeOf(await outcomes[name]())).toBe('MailingUnknown');
        expect((await world.mailings.find(id))?.version).toBe(1);
      }
    },
  );

  test.each(names)('%s, on an older version: somebody was faster', async (name) => {
    const [status] = Object.keys(FITS[name]) as MailingStatus[];
    const { id } = await put({ ...as[status ?? 'draft'], status: status ?? 'draft', version: 2 });
    expect(outcomeOf(await act(name, id))).toBe('ChangedMeanwhile');
  });

  test('a deed that is pressed twice at once is done once', async () => {
    const { id } = await put();
    const presses = await Promise.all([1, 2, 3].map(() => world.deeds.submit(id, null, by(author))));
    expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
    expect(world.steps.posted).toHaveLength(1);
  });
});

describe('sending', () => {
  test('to a few begins at once: the people are looked up', async () => {
    world.audiences.people = people(LIMIT);
    const { id } = await put();
    const sent = await world.deeds.submit(id, null, by(author));
    expect(sent).toMatchObject({
      ok: true,
      value: { status: 'freezing', startedAt: NOW, submittedBy: author.email, version: 2 },
    });
    expect(world.steps.posted.map(({ work }) => work)).toEqual([{ kind: 'freeze' }]);
  });

  test('at a time waits for it, and one that has passed is at once', async () => {
    const { id } = await put();
    expect(await world.deeds.submit(id, LATER, by(author))).toMatchObject({
      value: { status: 'scheduled', sendAt: LATER, startedAt: null },
    });
    expect(world.steps.posted).toEqual([]);
    const late = await put({ id: 'mailing-2' });
    expect(outcomeOf(await world.deeds.submit(late.id, BEFORE, by(author)))).toBe('freezing');
  });

  test.each([
    { count: LIMIT, status: 'freezing' },
    { count: LIMIT + 1, status: 'to-approve' },
  ])('to $count people: $status', async ({ count, status }) => {
    // The same person with two areas is one.
    world.audiences.people = [...people(count), ...people(count)];
    const { id } = await put();
    expect(outcomeOf(await world.deeds.submit(id, null, by(author)))).toBe(status);
  });

  test('to more than can be counted needs approval', async () => {
    world.audiences.people = [aRecipient()];
    world.audiences.endless = true;
    const { id } = await put();
    expect(outcomeOf(await world.deeds.submit(id, null, by(author)))).toBe('to-approve');
    expect(world.audiences.asked.length).toBeLessThanOrEqual(20_000);
  });

  test('goes on in eight parts when it was frozen before', async () => {
    const { id } = await put({ status: 'to-approve', total: 9, submittedBy: author.email, startedAt: NOW });
    expect(outcomeOf(await world.deeds.approve(id, by(coordinator)))).toBe('sending');
    expect(world.steps.posted.map(({ work }) => work)).toEqual(
      Array.from({ length: 8 }, (_, shard) => ({ kind: 'send', shard })),
    );
  });
});

describe('approval', () => {
  test.each([
    { who: 'who wrote it', changes: { author: coordinator.email, submittedBy: author.email } },
    { who: 'who submitted it', changes: { author: author.email, submittedBy: coordinator.email } },
    { who: 'who did both', changes: { author: coordinator.email, submittedBy: coordinator.email } },
  ])('is never given by $who', async ({ changes }) => {
    const { id } = await put({ status: 'to-approve', ...changes });
    expect(outcomeOf(await world.deeds.approve(id, by(coordinator)))).toBe('OwnMailing');
    const other = anActor('second', 'coordinator');
    expect(await world.deeds.approve(id, by(other))).toMatchObject({ value: { approvedBy: other.email } });
  });

  test('is not given by those who plan mailings for their areas', async () => {
    const { id } = await put({ status: 'to-approve', submittedBy: author.email });
    expect(outcomeOf(await world.deeds.approve(id, by(colleague)))).toBe('MailingUnknown');
  });

  test('keeps the time, unless it has passed', async () => {
    const { id } = await put({ status: 'to-approve', submittedBy: author.email, sendAt: LATER });
    expect(outcomeOf(await world.deeds.approve(id, by(coordinator)))).toBe('scheduled');
    const late = await put({ id: 'late', status: 'to-approve', submittedBy: author.email, sendAt: BEFORE });
    expect(outcomeOf(await world.deeds.approve(late.id, by(coordinator)))).toBe('freezing');
  });

  test('is gone when it is taken back, and with it the time', async () => {
    const { id } = await put({ status: 'scheduled', ...as.scheduled, approvedBy: coordinator.email });
    expect(await world.deeds.withdraw(id, by(colleague))).toMatchObject({
      value: { status: 'draft', submittedBy: null, approvedBy: null, sendAt: null },
    });
  });

  test('stays asked for when the people are frozen already', async () => {
    const { id } = await put({ status: 'to-approve', total: 9, submittedBy: author.email });
    expect(outcomeOf(await world.deeds.withdraw(id, by(author)))).toBe('MailingInOtherState');
  });
});

describe('pausing', () => {
  test.each(['freezing', 'sending'] as const)('from %s goes on with it', async (status) => {
    const { id } = await put({ ...as[status], status });
    expect(await world.deeds.pause(id, by(author))).toMatchObject({
      value: { status: 'paused', pausedFrom: status, pausedFor: 'staff' },
    });
    expect(world.steps.posted).toEqual([]);
    const resumed = await world.deeds.resume(id, COUNTS, by(author, 2));
    expect(resumed).toMatchObject({
      value: { status, pausedFrom: null, pausedFor: null, tolerated: done },
    });
    expect(world.steps.posted).toHaveLength(status === 'freezing' ? 1 : 8);
  });

  test('is over when it is cancelled', async () => {
    const { id } = await put({ status: 'paused', ...as.paused });
    expect(await world.deeds.cancel(id, by(author))).toMatchObject({
      value: { status: 'cancelled', pausedFrom: null, pausedFor: null, finishedAt: NOW },
    });
  });
});

describe('writing', () => {
  const write = (audience: Audience, actor: Actor = author) =>
    world.deeds.draft({ subject: 'S', source: 'T', audience }, { by: actor, correlationId: 'request-1' });

  test.each([
    { areas: [BOROUGH], of: author, ok: true },
    { areas: [WARD], of: author, ok: true },
    { areas: [BOROUGH, ELSEWHERE.borough], of: author, ok: false },
    { areas: [ELSEWHERE.ward], of: author, ok: false },
    { areas: [], of: author, ok: false },
    { areas: ['E09000001'], of: author, ok: false },
    { areas: [BOROUGH], of: anActor('ward', 'practitioner', [WARD]), ok: false },
    { areas: [WARD], of: anActor('ward', 'practitioner', [WARD]), ok: true },
    { areas: [], of: coordinator, ok: true },
    { areas: [BOROUGH, ELSEWHERE.borough], of: coordinator, ok: true },
    { areas: [BOROUGH], of: auditor, ok: false },
  ])('for $areas, by $of.email: $ok', async ({ areas, of, ok }) => {
    const written = await write({ kind: 'wrote', areas }, of);
    expect(written.ok ? true : written.error.name).toBe(ok || 'AudienceTooWide');
    const changed = await put({ audience: { kind: 'wrote', areas: [WARD] } });
    const audience = { kind: 'wrote' as const, areas };
    const outcome = await world.deeds.change(changed.id, { ...draft, audience }, by(of));
    expect(outcome.ok).toBe(ok);
  });

  test.each([
    { areas: [WARD], replyTo: 'millbrook@folkmoot.example' },
    { areas: [TEAMLESS], replyTo: null },
    { areas: [WARD, TEAMLESS], replyTo: null },
  ])('lets replies for $areas go to $replyTo', async ({ areas, replyTo }) => {
    expect(await write({ kind: 'wrote', areas })).toMatchObject({ value: { replyTo } });
  });

  test('again begins anew, whatever became of it', async () => {
    const { id, subject, source, audience } = await put({
      status: 'sent',
      ...as.sent,
      approvedBy: 'x@y.example',
    });
    const cloned = await world.deeds.clone(id, { by: colleague, correlationId: 'request-1' });
    expect(cloned).toMatchObject({
      value: {
        ...{ subject, source, audience, status: 'draft', author: colleague.email, version: 1 },
        ...{ submittedBy: null, approvedBy: null, total: null, startedAt: null, finishedAt: null },
      },
    });
    expect(cloned.ok && cloned.value.id).not.toBe(id);
    expect(outcomeOf(await world.deeds.clone(id, { by: neighbour, correlationId: 'r' }))).toBe(
      'MailingUnknown',
    );
    expect(outcomeOf(await world.deeds.clone('none', { by: colleague, correlationId: 'r' }))).toBe(
      'MailingUnknown',
    );
  });

  test('a test goes to whoever asks for it, and to nobody else', async () => {
    const { id } = await put({ audience: { kind: 'wrote', areas: [WARD] } });
    world.audiences.people = people(2);
    expect(outcomeOf(await world.deeds.sendTest(id, { by: colleague, correlationId: 'r' }))).toBe('draft');
    expect(world.outbox.mails).toMatchObject([
      {
        to: colleague.email,
        message: {
          kind: 'mailing',
          isTest: true,
          area: { code: WARD, name: 'Millbrook' },
        },
      },
    ]);
    const [mail] = world.outbox.mails;
    const token = mail?.message.kind === 'mailing' ? mail.message.optOut.unsubscribe : '';
    expect(await world.mailTokens.read('unsubscribe', token)).toBe(world.keyOfRecipient(colleague.email));
    expect(outcomeOf(await world.deeds.sendTest(id, { by: auditor, correlationId: 'r' }))).toBe(
      'MailingUnknown',
    );
    expect(world.outbox.mails).toHaveLength(1);
  });
});

describe('what is seen', () => {
  test.each([
    { actor: author, sees: true },
    { actor: coordinator, sees: true },
    { actor: auditor, sees: true },
    { actor: neighbour, sees: false },
    { actor: anActor('ward', 'practitioner', [WARD]), sees: false },
    { actor: anActor('member', 'member'), sees: false },
  ])('by $actor.email: $sees', async ({ actor, sees }) => {
    const { id } = await put();
    expect((await world.deeds.find(id, actor))?.id).toBe(sees ? id : undefined);
    expect(await world.deeds.find('none', actor)).toBeNull();
  });

  test('is in the audit trail, deed by deed', async () => {
    const { id } = await put();
    await world.deeds.submit(id, LATER, by(author));
    await world.deeds.withdraw(id, by(author, 2));
    await world.deeds.cancel(id, by(author, 3));
    const trail = await world.audit.ofDay('2026-11-23');
    expect(trail.map(({ deed }) => deed).toSorted()).toEqual([
      'cancel mailing',
      'submit mailing',
      'withdraw mailing',
    ]);
    expect(trail.every(({ record }) => record.kind === 'mailing' && record.id === id)).toBe(true);
  });
});

describe('an audience', () => {
  test('is counted person by person, with some of them', async () => {
    world.audiences.people = [...people(7), ...people(3)];
    const counted = await world.deeds.count(aMailing().audience);
    expect([counted.people, counted.isComplete, counted.sample.length]).toEqual([7, true, 5]);
    expect((await world.deeds.count(aMailing().audience, 0)).sample).toEqual([]);
  });

  test('of nobody is counted, too', async () => {
    expect(await world.deeds.count(aMailing().audience)).toEqual({ people: 0, isComplete: true, sample: [] });
  });
});
