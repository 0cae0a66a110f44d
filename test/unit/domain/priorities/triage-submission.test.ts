import { beforeEach, describe, expect, test } from 'vitest';
import {
  AnsweredAlready,
  PriorityNotJoinable,
  SubmissionUnknown,
  type TriageDecision,
} from '#domain/priorities/triage-submission.ts';
import { ChangedMeanwhile } from '#domain/shared/changed-meanwhile.ts';
import { BOROUGH, WARD } from '#test/support/stores/records.ts';
import { aPractitioner, OTHER_WARD, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const ADOPT: TriageDecision = { kind: 'adopt', title: 'Dark underpass', description: 'The lamps are out.' };
const PASS_ON: TriageDecision = { kind: 'pass-on', to: 'Council street lighting' };
const NOT: TriageDecision = { kind: 'not-take-up', reason: 'It is private land.' };

describe('triage', () => {
  test('joins a submission to a priority and counts its person', async () => {
    const priority = await world.addPriority();
    const submission = await world.left();
    const decided = await world.triage(
      submission.id,
      { kind: 'join', priority: priority.id },
      world.deed(submission),
    );
    const triaged = {
      ...submission,
      status: 'triaged',
      outcome: { kind: 'joined', priority: priority.id },
      version: 2,
    };
    expect(decided).toEqual({ ok: true, value: triaged });
    expect(await world.submissions.find(submission.id)).toEqual(triaged);
    expect(await world.peopleBehind(priority.id)).toBe(1);
    const { items } = await world.submissions.behind(priority.id, { after: null, size: 9 });
    expect(items.map(({ id }) => id)).toEqual([submission.id]);
  });

  test('adopts a submission as a new priority of its area, by the day in London', async () => {
    const submission = await world.left();
    world.clock.set('2027-05-11T23:30:00.000Z');
    const decided = await world.triage(submission.id, ADOPT, world.deed(submission));
    const [priority, ...others] = await world.priorities.ofArea(WARD);
    expect(others).toEqual([]);
    expect(priority).toMatchObject({
      title: 'Dark underpass',
      description: 'The lamps are out.',
      status: 'adopted',
      adoptedOn: '2027-05-12',
      version: 1,
    });
    expect(decided).toMatchObject({ value: { outcome: { kind: 'adopted', priority: priority?.id } } });
    expect(await world.peopleBehind(priority?.id ?? '')).toBe(1);
  });

  test.each([
    [PASS_ON, { kind: 'passed-on', to: 'Council street lighting' }],
    [NOT, { kind: 'not-taken-up', reason: 'It is private land.' }],
  ])('%j', async (decision, outcome) => {
    const submission = await world.left();
    expect(await world.triage(submission.id, decision, world.deed(submission))).toMatchObject({
      ok: true,
      value: { status: 'triaged', outcome },
    });
    expect(await world.supporters.countsOf(WARD)).toEqual(new Map());
  });

  test('sends no mail, and records who decided what, without what people wrote', async () => {
    const submission = await world.left({ email: null, text: 'canary' });
    await world.triage(submission.id, { ...NOT, reason: 'canary' } as TriageDecision, world.deed(submission));
    expect(world.outbox.mails).toEqual([]);
    const entries = (await world.audit.ofDay('2026-11-23')).filter(
      ({ deed }) => deed === 'triage submission',
    );
    expect(entries).toMatchObject([
      {
        actor: { kind: 'staff', email: aPractitioner().email },
        record: { id: submission.id },
        before: { status: 'received', outcome: null },
        after: { status: 'triaged', outcome: { kind: 'not-taken-up', reason: { withheld: true } } },
        correlationId: 'correlation-2',
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('canary');
  });
});

describe('a changed decision', () => {
  test('moves the person from one priority to the other', async () => {
    const [first, second] = [await world.addPriority(), await world.addPriority()];
    const submission = await world.left({ supports: first.id, text: 'Words.' });
    await world.left({ supports: first.id, text: '' });
    expect(await world.peopleBehind(first.id)).toBe(2);
    const joined = await world.triage(
      submission.id,
      { kind: 'join', priority: second.id },
      world.deed(submission),
    );
    expect([await world.peopleBehind(first.id), await world.peopleBehind(second.id)]).toEqual([1, 1]);
    if (!joined.ok) throw new Error('refused');
    const adopted = await world.triage(submission.id, ADOPT, world.deed(joined.value));
    expect([await world.peopleBehind(first.id), await world.peopleBehind(second.id)]).toEqual([1, 0]);
    if (!adopted.ok) throw new Error('refused');
    await world.triage(submission.id, PASS_ON, world.deed(adopted.value));
    expect(await world.supporters.countsOf(WARD)).toEqual(new Map([[first.id, 1]]));
  });

  test('may leave a priority that has closed', async () => {
    const priority = await world.addPriority();
    const submission = await world.left({ supports: priority.id, text: 'Words.' });
    await world.facts.commit([world.priorities.toChange({ ...priority, status: 'closed' })]);
    expect(await world.triage(submission.id, NOT, world.deed(submission))).toMatchObject({ ok: true });
    expect(await world.peopleBehind(priority.id)).toBe(0);
  });
});

describe('the same decision again', () => {
  const decisions: readonly ((priority: string) => TriageDecision)[] = [
    (priority) => ({ kind: 'join', priority }),
    () => ADOPT,
    () => PASS_ON,
    () => NOT,
  ];

  test.each(decisions)('changes nothing, from the old page and from the new (%#)', async (decide) => {
    const priority = await world.addPriority();
    const submission = await world.left();
    const decision = decide(priority.id);
    const first = await world.triage(submission.id, decision, world.deed(submission));
    const counts = await world.supporters.countsOf(WARD);
    if (!first.ok) throw new Error('refused');
    for (const seen of [submission, first.value])
      expect(await world.triage(submission.id, decision, world.deed(seen))).toEqual(first);
    expect(await world.supporters.countsOf(WARD)).toEqual(counts);
    expect(await world.submissions.find(submission.id)).toEqual(first.value);
    expect((await world.priorities.ofArea(WARD)).length).toBe(decision.kind === 'adopt' ? 2 : 1);
  });

  test('pressed three times at once is done once', async () => {
    const submission = await world.left();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => world.triage(submission.id, ADOPT, world.deed(submission))),
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await world.priorities.ofArea(WARD)).toHaveLength(1);
  });

  test('joins support to the priority that it supports already without counting it twice', async () => {
    const priority = await world.addPriority();
    const submission = await world.left({ supports: priority.id, text: 'Words.' });
    const again = await world.triage(
      submission.id,
      { kind: 'join', priority: priority.id },
      world.deed(submission),
    );
    expect(again).toEqual({ ok: true, value: submission });
    expect(await world.peopleBehind(priority.id)).toBe(1);
  });
});

describe('what triage refuses', () => {
  test('a submission that is not there, or not in the areas of this person, looks the same', async () => {
    const submission = await world.left();
    const unknown = { ok: false, error: new SubmissionUnknown() };
    expect(await world.triage('nothing', NOT, world.deed(submission))).toEqual(unknown);
    for (const stranger of [
      aPractitioner({ areas: [OTHER_WARD] }),
      aPractitioner({ areas: [] }),
      aPractitioner({ roles: [] }),
      aPractitioner({ roles: ['auditor', 'member', 'admin', 'officer', 'group-admin'] }),
    ])
      expect(await world.triage(submission.id, NOT, world.deed(submission, stranger))).toEqual(unknown);
    expect((await world.submissions.find(submission.id))?.version).toBe(1);
  });

  test('somebody of the borough, and a coordinator without areas, may', async () => {
    for (const by of [
      aPractitioner({ areas: [BOROUGH] }),
      aPractitioner({ roles: ['coordinator'], areas: [] }),
    ]) {
      const submission = await world.left();
      expect(await world.triage(submission.id, NOT, world.deed(submission, by))).toMatchObject({ ok: true });
    }
  });

  test('another decision that was made on an older version', async () => {
    const submission = await world.left();
    await world.triage(submission.id, NOT, world.deed(submission));
    expect(await world.triage(submission.id, PASS_ON, world.deed(submission))).toEqual({
      ok: false,
      error: new ChangedMeanwhile(),
    });
  });

  test('one of two decisions made at the same moment', async () => {
    const submission = await world.left();
    const outcomes = await Promise.all(
      [NOT, PASS_ON].map((decision) => world.triage(submission.id, decision, world.deed(submission))),
    );
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, error: new ChangedMeanwhile() });
  });

  test('a priority that is not there, of another area, or takes no more', async () => {
    const submission = await world.left();
    const priorities = [
      { id: 'nothing' },
      await world.addPriority({ area: OTHER_WARD }),
      await world.addPriority({ status: 'achieved' }),
      await world.addPriority({ status: 'closed' }),
    ];
    for (const { id } of priorities)
      expect(
        await world.triage(submission.id, { kind: 'join', priority: id }, world.deed(submission)),
      ).toEqual({
        ok: false,
        error: new PriorityNotJoinable(),
      });
    expect(await world.submissions.find(submission.id)).toEqual(submission);
  });

  test('a priority that closes at the same moment', async () => {
    const priority = await world.addPriority();
    const submission = await world.left();
    const { commit } = world.facts;
    world.facts.commit = async (writes) => {
      world.facts.commit = commit;
      await commit.call(world.facts, [world.priorities.toChange({ ...priority, status: 'closed' })]);
      return commit.call(world.facts, writes);
    };
    expect(
      await world.triage(submission.id, { kind: 'join', priority: priority.id }, world.deed(submission)),
    ).toEqual({ ok: false, error: new PriorityNotJoinable() });
    expect(await world.peopleBehind(priority.id)).toBe(0);
  });

  test('what is answered, and support that asked nothing', async () => {
    const priority = await world.addPriority();
    const silent = await world.left({ supports: priority.id, text: '' });
    expect(await world.triage(silent.id, NOT, world.deed(silent))).toEqual({
      ok: false,
      error: new AnsweredAlready(),
    });
    const submission = await world.left();
    await world.triage(submission.id, NOT, world.deed(submission));
    await world.answer(submission.id, 'Thank you.', world.deed({ version: 2 }));
    for (const version of [1, 2, 3])
      expect(await world.triage(submission.id, PASS_ON, world.deed({ version }))).toEqual({
        ok: false,
        error: new AnsweredAlready(),
      });
  });
});
