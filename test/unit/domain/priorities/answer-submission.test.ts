import { beforeEach, describe, expect, test } from 'vitest';
import { describeAnswer, NotTriaged } from '#domain/priorities/answer-submission.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import { AnsweredAlready, SubmissionUnknown } from '#domain/priorities/triage-submission.ts';
import { ChangedMeanwhile } from '#domain/shared/changed-meanwhile.ts';
import { BOROUGH } from '#test/support/stores/records.ts';
import { aPractitioner, OTHER_WARD, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const triaged = async (changes = {}): Promise<Submission> => {
  const submission = await world.left(changes);
  const decided = await world.triage(
    submission.id,
    { kind: 'adopt', title: 'Dark underpass', description: 'The lamps are out.' },
    world.deed(submission),
  );
  if (!decided.ok) throw new Error('refused');
  return decided.value;
};

const answers = () => world.outbox.mails.filter(({ message }) => message.kind === 'submission-answered');
const audited = async (day = '2026-11-23') =>
  (await world.audit.ofDay(day)).filter(({ deed }) => deed === 'answer submission');

describe('answering', () => {
  test('records the answer and mails what the preview showed', async () => {
    const submission = await triaged();
    const preview = await describeAnswer(world, submission, 'We asked for new lamps.');
    const answered = await world.answer(submission.id, 'We asked for new lamps.', world.deed(submission));
    const expected = {
      ...submission,
      status: 'answered',
      answer: { text: 'We asked for new lamps.', at: '2026-11-23T09:30:00.000Z' },
      version: 3,
    };
    expect(answered).toEqual({ ok: true, value: expected });
    expect(await world.submissions.find(submission.id)).toEqual(expected);
    expect(answers()).toMatchObject([
      { to: 'resident@example.org', replyTo: 'millbrook@folkmoot.example', correlationId: 'correlation-2' },
    ]);
    expect(preview).toEqual({ ok: true, value: answers()[0]?.message });
    expect(preview).toMatchObject({
      value: { priority: { title: 'Dark underpass' }, area: { name: 'Millbrook' }, text: submission.text },
    });
    const { items } = await world.submissions.inbox([BOROUGH], { after: null, size: 9 });
    expect(items).toEqual([]);
  });

  test('ends the clock that would have told others that it is late', async () => {
    const submission = await triaged();
    expect(await world.duties.of(submission.id)).toMatchObject([
      { kind: 'answer', due: '2026-11-26', area: submission.area, owners: [], nextOn: '2026-11-27' },
    ]);
    await world.answer(submission.id, 'Thank you.', world.deed(submission));
    expect(await world.duties.of(submission.id)).toEqual([]);
  });

  test('without an address is recorded, and mails nobody', async () => {
    const submission = await triaged({ email: null });
    expect(await world.answer(submission.id, 'Thank you.', world.deed(submission))).toMatchObject({
      ok: true,
    });
    expect(answers()).toEqual([]);
    expect(await audited()).toMatchObject([{ change: { mailed: false, late: false } }]);
  });

  test('late is an answer all the same, and the trail says that it was late', async () => {
    const submission = await triaged();
    world.clock.advance(72);
    const onTime = await triaged();
    world.clock.advance(0.001);
    await world.answer(submission.id, 'Sorry that it took so long.', world.deed(submission));
    await world.answer(onTime.id, 'Here you are.', world.deed(onTime));
    expect(answers()).toHaveLength(2);
    expect((await audited('2026-11-26')).map(({ change }) => change)).toEqual([
      { mailed: true, late: true },
      { mailed: true, late: false },
    ]);
  });

  test('to the very moment is not late', async () => {
    const submission = await triaged();
    world.clock.set(submission.answerBy);
    await world.answer(submission.id, 'Just in time.', world.deed(submission));
    expect(await audited('2026-11-26')).toMatchObject([{ change: { late: false } }]);
  });

  test('leaves what was said out of the trail', async () => {
    const submission = await triaged({ text: 'canary said', email: 'canary@example.org' });
    await world.answer(submission.id, 'canary answered', world.deed(submission));
    expect(JSON.stringify(await world.audit.ofDay('2026-11-23'))).not.toContain('canary');
  });

  test('is done once when it is pressed three times', async () => {
    const submission = await triaged();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => world.answer(submission.id, 'Thank you.', world.deed(submission))),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers()).toHaveLength(1);
    expect(await world.answer(submission.id, 'Thank you.', world.deed(submission))).toEqual({
      ok: false,
      error: new AnsweredAlready(),
    });
  });

  test('waits for a decision', async () => {
    const submission = await world.left();
    const refused = { ok: false, error: new NotTriaged() };
    expect(await world.answer(submission.id, 'Thank you.', world.deed(submission))).toEqual(refused);
    expect(await describeAnswer(world, submission, 'Thank you.')).toEqual(refused);
    expect(answers()).toEqual([]);
  });

  test('on an older version, or by somebody of elsewhere, is refused', async () => {
    const submission = await triaged();
    expect(await world.answer(submission.id, 'Thank you.', world.deed({ version: 1 }))).toEqual({
      ok: false,
      error: new ChangedMeanwhile(),
    });
    for (const by of [aPractitioner({ areas: [OTHER_WARD] }), aPractitioner({ roles: ['auditor'] })])
      expect(await world.answer(submission.id, 'Thank you.', world.deed(submission, by))).toEqual({
        ok: false,
        error: new SubmissionUnknown(),
      });
    expect(answers()).toEqual([]);
  });

  test('names no priority where there is none', async () => {
    const submission = await world.left();
    const decided = await world.triage(
      submission.id,
      { kind: 'pass-on', to: 'The council' },
      world.deed(submission),
    );
    if (!decided.ok) throw new Error('refused');
    expect(await describeAnswer(world, decided.value, 'Thank you.')).toMatchObject({
      value: { priority: null, outcome: { kind: 'passed-on', to: 'The council' } },
    });
  });
});
