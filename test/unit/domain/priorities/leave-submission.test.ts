import { beforeEach, describe, expect, test } from 'vitest';
import { AreaUnknown, PriorityClosed, TextMissing } from '#domain/priorities/leave-submission.ts';
import { KeyReused } from '#domain/shared/once.ts';
import { BOROUGH, WARD } from '#test/support/stores/records.ts';
import { aDraft, aPractitioner, FALLBACK, GONE_WARD, OTHER_WARD, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const today = () => world.audit.ofDay('2026-11-23');

describe('leaving a priority of one’s own', () => {
  test('stores it, confirms it by mail, and has the team told in the morning', async () => {
    const outcome = await world.leave(aDraft());
    const [mail] = world.outbox.mails;
    const receipt = {
      submission: expect.any(String),
      reference: expect.any(String),
      answerBy: '2026-11-26T09:30:00.000Z',
    };
    expect(outcome).toEqual({ ok: true, value: receipt });
    if (!outcome.ok) return;
    const { submission: id, reference } = outcome.value;
    expect(await world.submissions.find(id)).toMatchObject({
      ...aDraft(),
      reference,
      borough: BOROUGH,
      status: 'received',
      outcome: null,
      cautions: [],
      receivedAt: '2026-11-23T09:30:00.000Z',
      version: 1,
    });
    expect(world.outbox.mails).toHaveLength(1);
    expect(mail).toMatchObject({
      to: 'resident@example.org',
      replyTo: 'millbrook@folkmoot.example',
      correlationId: 'correlation-1',
      message: { kind: 'submission-received', reference, text: aDraft().text, supports: null },
    });
    expect(await world.waiting()).toEqual([
      { submission: id, reference, area: WARD, answerBy: '2026-11-26T09:30:00.000Z', supports: false },
    ]);
  });

  test('keeps who can be told later what came of it, when there is an address', async () => {
    await world.leave(aDraft({ email: null }));
    const wrote = async () => (await world.audiences.page({ kind: 'wrote', areas: [] }, null, 9)).recipients;
    expect(await wrote()).toEqual([]);
    for (const text of ['The first', 'The second']) await world.leave(aDraft({ text }));
    expect(await wrote()).toEqual([
      {
        key: world.keyOfRecipient('resident@example.org'),
        email: 'resident@example.org',
        language: 'en-GB',
        area: { code: WARD, name: 'Millbrook' },
        weekly: false,
      },
    ]);
  });

  test('records who did what, without what was written and by whom', async () => {
    await world.leave(aDraft({ text: 'canary words', email: 'canary@example.org' }));
    const entries = await today();
    expect(entries).toMatchObject([
      {
        actor: { kind: 'public' },
        deed: 'leave priority',
        record: { kind: 'submission' },
        correlationId: 'correlation-1',
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('canary');
  });

  test('sends nothing to a person who left no address', async () => {
    await world.leave(aDraft({ email: null }));
    expect(world.outbox.mails).toEqual([]);
    expect(await world.waiting()).toHaveLength(1);
  });

  test('promises its answer 72 hours later, over the change to summer time too', async () => {
    world.clock.set('2027-03-27T12:00:00.000Z');
    expect((await world.left()).answerBy).toBe('2027-03-30T12:00:00.000Z');
  });

  test.each([
    [OTHER_WARD, 'exampleham@folkmoot.example'],
    [WARD, 'millbrook@folkmoot.example'],
  ])('for %s goes to the team that answers for it: %s', async (area, mailbox) => {
    await world.left({ area });
    expect(world.outbox.mails[0]?.replyTo).toBe(mailbox);
  });

  test('goes to the address of last resort where nobody has a team', async () => {
    const directory = await world.areas.directory();
    await world.areas.save(directory.all().map((area) => ({ ...area, team: null })));
    await world.left();
    expect(world.outbox.mails[0]?.replyTo).toBe(FALLBACK);
  });

  test.each([
    ['an area that never was', aDraft({ area: 'E05000000' }), new AreaUnknown()],
    ['an area that was replaced', aDraft({ area: GONE_WARD }), new AreaUnknown()],
    ['no words', aDraft({ text: '' }), new TextMissing()],
    ['a priority that is not there', aDraft({ supports: 'nothing' }), new PriorityClosed()],
  ])('with %s is refused, and nothing is stored', async (_, draft, error) => {
    expect(await world.leave(draft)).toEqual({ ok: false, error });
    expect(world.outbox.mails).toEqual([]);
    expect(await world.waiting()).toEqual([]);
    expect(await today()).toEqual([]);
  });

  test('may name a borough, which is its own borough', async () => {
    expect(await world.left({ area: BOROUGH })).toMatchObject({ area: BOROUGH, borough: BOROUGH });
  });
});

describe('what looks like an emergency', () => {
  test('is told to the team at once, instead of in the morning', async () => {
    const submission = await world.left({
      text: 'He has a knife and he is in my house. Mr Sampleton, 4 Mill Lane',
    });
    expect(submission.cautions).toEqual(['emergency', 'names-a-person']);
    expect(submission.status).toBe('received');
    const flagged = world.outbox.mails.filter(({ message }) => message.kind === 'submission-flagged');
    expect(flagged).toMatchObject([
      {
        to: 'millbrook@folkmoot.example',
        replyTo: null,
        message: { submission: submission.id, cautions: submission.cautions },
      },
    ]);
    expect(JSON.stringify(flagged)).not.toContain('knife');
    expect(world.outbox.mails).toHaveLength(2);
    expect(await world.waiting()).toEqual([]);
  });

  test('is told when it comes with the support of a priority too', async () => {
    const priority = await world.addPriority();
    await world.left({ supports: priority.id, text: 'Somebody is being attacked there', email: null });
    expect(world.outbox.mails.map(({ message }) => message.kind)).toEqual(['submission-flagged']);
    expect(await world.waiting()).toEqual([]);
  });
});

describe('supporting a priority', () => {
  test('with words counts the person, and waits for an answer', async () => {
    const priority = await world.addPriority();
    const submission = await world.left({ supports: priority.id, text: 'On our side too.' });
    expect(submission).toMatchObject({
      status: 'triaged',
      outcome: { kind: 'joined', priority: priority.id },
    });
    expect(await world.peopleBehind(priority.id)).toBe(1);
    expect(await world.waiting()).toMatchObject([{ submission: submission.id, supports: true }]);
    expect(world.outbox.mails).toMatchObject([
      { message: { supports: { id: priority.id, title: priority.title }, answerBy: submission.answerBy } },
    ]);
    expect(await today()).toMatchObject([{ deed: 'support priority' }]);
  });

  test('without words counts the person, and is complete at once', async () => {
    const priority = await world.addPriority();
    const outcome = await world.leave(aDraft({ supports: priority.id, text: '' }));
    expect(outcome).toMatchObject({ ok: true, value: { answerBy: null } });
    expect(await world.peopleBehind(priority.id)).toBe(1);
    expect(await world.waiting()).toEqual([]);
    if (outcome.ok) expect(await world.duties.of(outcome.value.submission)).toEqual([]);
    expect(world.outbox.mails).toMatchObject([{ message: { kind: 'submission-received', answerBy: null } }]);
    const { items } = await world.submissions.inbox([BOROUGH], { after: null, size: 10 });
    expect(items).toEqual([]);
  });

  test.each(['achieved', 'closed'] as const)(
    'that is %s is refused, and nothing is stored',
    async (status) => {
      const priority = await world.addPriority({ status });
      expect(await world.leave(aDraft({ supports: priority.id }))).toEqual({
        ok: false,
        error: new PriorityClosed(),
      });
      expect(await world.peopleBehind(priority.id)).toBe(0);
      expect(world.outbox.mails).toEqual([]);
    },
  );

  test('that closes at the same moment is refused, and nothing is stored', async () => {
    const priority = await world.addPriority();
    const { commit } = world.facts;
    world.facts.commit = async (writes) => {
      world.facts.commit = commit;
      await commit.call(world.facts, [world.priorities.toChange({ ...priority, status: 'achieved' })]);
      return commit.call(world.facts, writes);
    };
    expect(await world.leave(aDraft({ supports: priority.id }))).toEqual({
      ok: false,
      error: new PriorityClosed(),
    });
    expect(world.outbox.mails).toEqual([]);
  });

  test('of another area is refused', async () => {
    const priority = await world.addPriority({ area: OTHER_WARD });
    expect(await world.leave(aDraft({ supports: priority.id }))).toEqual({
      ok: false,
      error: new PriorityClosed(),
    });
  });
});

describe('a repeated key', () => {
  test('with the same words gives the same receipt, and is stored once', async () => {
    const priority = await world.addPriority();
    const draft = aDraft({ supports: priority.id });
    const receipts = await Promise.all([1, 2, 3].map(() => world.leave(draft, 'key')));
    expect(receipts[0]?.ok).toBe(true);
    expect(receipts).toEqual([receipts[0], receipts[0], receipts[0]]);
    expect(await world.peopleBehind(priority.id)).toBe(1);
    expect(world.outbox.mails).toHaveLength(1);
    expect(await world.waiting()).toHaveLength(1);
    expect(await today()).toHaveLength(1);
  });

  test('gives the same receipt after the priority has closed, and later in the day', async () => {
    const priority = await world.addPriority();
    const draft = aDraft({ supports: priority.id });
    const first = await world.leave(draft, 'key');
    await world.facts.commit([world.priorities.toChange({ ...priority, status: 'achieved' })]);
    world.clock.advance(5);
    expect(await world.leave(draft, 'key')).toEqual(first);
    expect(await world.leave(draft, 'another key')).toEqual({ ok: false, error: new PriorityClosed() });
  });

  test.each([
    { text: 'Other words.' },
    { email: 'other@example.org' },
    { email: null },
    { category: null },
    { area: OTHER_WARD },
  ])('with something else is refused: %j', async (changes) => {
    await world.leave(aDraft(), 'key');
    expect(await world.leave(aDraft(changes), 'key')).toEqual({ ok: false, error: new KeyReused() });
    expect(world.outbox.mails).toHaveLength(1);
  });
});

describe('references', () => {
  test('that are taken are replaced by others', async () => {
    const taken = await world.left();
    const { next } = world.references;
    const answers = [taken.reference, taken.reference];
    world.references.next = () => answers.shift() ?? next.call(world.references);
    const other = await world.left({ text: 'Other words.' });
    expect(other.reference).not.toBe(taken.reference);
    expect(await world.submissions.findByReference(taken.reference)).toEqual(taken);
  });

  test('that are always taken are a fault, not an endless search', async () => {
    const taken = await world.left();
    world.references.next = () => taken.reference;
    await expect(world.leave(aDraft())).rejects.toThrow('No free reference');
    expect(world.outbox.mails).toHaveLength(1);
  });
});

test('a store that does not answer is a fault; asking again with the key stores it once', async () => {
  const { commit } = world.facts;
  world.facts.commit = async (writes) => {
    world.facts.commit = commit;
    await commit.call(world.facts, writes);
    throw new Error('no answer');
  };
  await expect(world.leave(aDraft(), 'key')).rejects.toThrow('no answer');
  expect(await world.leave(aDraft(), 'key')).toMatchObject({ ok: true });
  expect(world.outbox.mails).toHaveLength(1);
  expect(
    (await world.submissions.inbox([aPractitioner().areas[0] ?? '', BOROUGH], { after: null, size: 9 }))
      .items,
  ).toHaveLength(1);
});
