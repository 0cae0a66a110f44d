import { beforeEach, describe, expect, test } from 'vitest';
import { mailWeeklyDigests } from '#domain/mailings/mail-weekly-digests.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import type { Mail, WeeklyDigest } from '#domain/mailings/message.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { aMailing, aRecipient } from '#test/support/stores/records.ts';
import { openWorld, type World } from './world.ts';

let world: World;
const anna = aRecipient({ email: 'anna@example.org', weekly: true });
const bela = aRecipient({ email: 'bela@example.org', weekly: true, language: 'ar', area: null });

beforeEach(() => {
  world = openWorld();
});

/** Holds a mailing over for these people. */
const hold = async (mailing: Mailing, ...recipients: readonly Recipient[]): Promise<Mailing> => {
  await world.ledger.enter(mailing.id, recipients, world.clock.now());
  for (const row of await world.rowsOf(mailing.id, recipients)) await world.ledger.claim(row, world.terms());
  return mailing;
};
const holdNew = async (changes: Partial<Mailing>, ...recipients: readonly Recipient[]) =>
  hold(await world.add({ status: 'sent', ...changes }), ...recipients);

const run = (correlationId = 'run-1') => mailWeeklyDigests(world.ports)(correlationId);
const digests = () =>
  world.outbox.mails.filter(
    (mail): mail is Mail & { message: WeeklyDigest } => mail.message.kind === 'weekly-digest',
  );
const subjectsOf = ({ email }: Recipient) =>
  digests()
    .filter(({ to }) => to === email)
    .map(({ message }) => message.items.map(({ subject }) => subject));

describe('the weekly digest', () => {
  test('tells each person, in one mail, what was held over', async () => {
    await holdNew({ subject: 'First', source: 'One.' }, anna, bela);
    await holdNew({ subject: 'Second', source: 'Two.' }, anna);
    expect(await run()).toEqual({ digests: 2, mailings: 3 });
    expect(subjectsOf(anna)).toEqual([['First', 'Second']]);
    expect(subjectsOf(bela)).toEqual([['First']]);
    const [toBela] = digests().filter(({ to }) => to === bela.email);
    expect(toBela).toMatchObject({ language: 'ar', replyTo: null, correlationId: 'run-1' });
    expect(toBela?.message.items).toEqual([{ subject: 'First', source: 'One.', area: null }]);
    const [toAnna] = digests().filter(({ to }) => to === anna.email);
    expect(toAnna?.message.items[0]?.area).toEqual(anna.area);
    const { unsubscribe, preferences } = toAnna?.message.optOut ?? { unsubscribe: '', preferences: '' };
    expect(await world.mailTokens.read('unsubscribe', unsubscribe)).toBe(anna.key);
    expect(await world.mailTokens.read('preferences', preferences)).toBe(anna.key);
    expect(await world.waiting()).toEqual([]);
  });

  test('is none when nothing was held over', async () => {
    expect(await run()).toEqual({ digests: 0, mailings: 0 });
    expect(world.outbox.mails).toEqual([]);
  });

  test('holds ten at most; the rest waits for the next one', async () => {
    for (let number = 1; number <= 23; number += 1) await holdNew({ subject: `No. ${number}` }, anna);
    await holdNew({ subject: 'Another' }, bela);
    expect(await run()).toEqual({ digests: 2, mailings: 11 });
    expect(await world.waiting()).toHaveLength(13);
    expect(await run()).toEqual({ digests: 1, mailings: 10 });
    expect(await run()).toEqual({ digests: 1, mailings: 3 });
    expect(subjectsOf(anna).flat()).toEqual(Array.from({ length: 23 }, (_, index) => `No. ${index + 1}`));
    expect(subjectsOf(anna).map((subjects) => subjects.length)).toEqual([10, 10, 3]);
  });

  test('is cut at 200 KB, counted in bytes; what alone is larger goes alone', async () => {
    const long = (kilobytes: number) => '😀'.repeat(kilobytes * 250);
    await holdNew({ subject: 'Huge', source: long(250) }, anna);
    await holdNew({ subject: 'Large', source: long(120) }, anna);
    await holdNew({ subject: 'Half', source: long(80) }, anna);
    await holdNew({ subject: 'Too much', source: 'x' }, anna);
    expect(await run()).toEqual({ digests: 1, mailings: 1 });
    expect(await run()).toEqual({ digests: 1, mailings: 2 });
    expect(await run()).toEqual({ digests: 1, mailings: 1 });
    expect(subjectsOf(anna)).toEqual([['Huge'], ['Large', 'Half'], ['Too much']]);
  });

  test('run twice tells nothing twice, at once and one after the other', async () => {
    for (let number = 0; number < 4; number += 1) await holdNew({ subject: `No. ${number}` }, anna, bela);
    const runs = await Promise.all([run('run-1'), run('run-2'), run('run-3')]);
    expect(runs.reduce((sum, { mailings }) => sum + mailings, 0)).toBe(8);
    expect(await run('run-4')).toEqual({ digests: 0, mailings: 0 });
    expect(digests()).toHaveLength(2);
  });

  test('that breaks off goes on with the rest the next time', async () => {
    await holdNew({}, anna, bela);
    const { commit } = world.facts;
    let calls = 0;
    world.ports.facts = {
      commit: (writes) => {
        calls += 1;
        if (calls === 2) throw new Error('no answer');
        return commit(writes);
      },
    };
    await expect(run()).rejects.toThrow('no answer');
    world.ports.facts = world.facts;
    expect(await run()).toEqual({ digests: 1, mailings: 1 });
    expect(
      digests()
        .map(({ to }) => to)
        .sort(),
    ).toEqual([anna.email, bela.email]);
  });

  test('leaves out a mailing that is gone, and is none when that was all', async () => {
    await hold(aMailing(), anna, bela);
    await holdNew({ subject: 'There' }, anna);
    expect(await run()).toEqual({ digests: 1, mailings: 1 });
    expect(subjectsOf(anna)).toEqual([['There']]);
    expect(subjectsOf(bela)).toEqual([]);
    expect(await world.waiting()).toEqual([]);
  });

  test('leaves out a mailing that was ended for good', async () => {
    await holdNew({ subject: 'Wrong', status: 'cancelled' }, anna, bela);
    await holdNew({ subject: 'Right' }, anna);
    await run();
    expect(subjectsOf(anna)).toEqual([['Right']]);
    expect(subjectsOf(bela)).toEqual([]);
    expect(await world.waiting()).toEqual([]);
  });

  test('waits with a mailing that is paused until it is known what becomes of it', async () => {
    const { id } = await holdNew({ subject: 'Doubtful', status: 'paused', pausedFrom: 'sending' }, anna);
    for (let number = 1; number <= 10; number += 1) await holdNew({ subject: `No. ${number}` }, anna);
    expect(await run()).toEqual({ digests: 1, mailings: 10 });
    expect(await run()).toEqual({ digests: 0, mailings: 0 });
    expect(await world.waiting()).toMatchObject([{ mailing: id }]);
    await world.change(id, { status: 'sending', pausedFrom: null });
    expect(await run()).toEqual({ digests: 1, mailings: 1 });
    expect(subjectsOf(anna).at(-1)).toEqual(['Doubtful']);
  });
});
