import { beforeEach, describe, expect, test } from 'vitest';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { ChaseIncomplete } from '#domain/chasing/chase.ts';
import type { Duty } from '#domain/chasing/duty.ts';
import { answered, beginDuty, handOver } from '#domain/chasing/stages.ts';
import type { ChaseDigest } from '#domain/mailings/message.ts';
import { anArea, anUpload, aSubmission, BOROUGH, WARD } from '#test/support/stores/records.ts';
import { emailOf, openWorld, type World } from './world.ts';

let world: World;

const duty = (subject: string, due: string, ...owners: readonly string[]): Duty =>
  beginDuty({ kind: 'action', subject, due, owners: owners.map(emailOf) }, '2026-05-01');

beforeEach(async () => {
  world = openWorld();
  await world.begin();
  await world.addUnit('millbrook-team', { head: emailOf('head'), areas: [BOROUGH] });
  await world.addUnit('central');
  await world.addStaff('anna');
  await world.addStaff('bela');
  await world.addStaff('head');
  await world.addStaff('carol', { roles: ['coordinator'], unit: 'central' });
  await world.areas.save([anArea({ code: BOROUGH, kind: 'borough', borough: null }), anArea()]);
});

describe('the chase', () => {
  test('tells each owner in one mail, however many things are owed', async () => {
    await world.owe(duty('a', '2026-06-17', 'anna'));
    await world.owe(duty('b', '2026-06-17', 'anna', 'bela'));
    await world.owe(duty('c', '2026-08-17', 'anna'));
    expect(await world.run('2026-06-03')).toEqual({ workingDay: true, said: 2, ownersGone: 0, mails: 2 });
    expect(world.told()).toEqual([
      ['2026-06-03', 'anna', 'yours a in-14-days', 'yours b in-14-days'],
      ['2026-06-03', 'bela', 'yours b in-14-days'],
    ]);
    expect(world.outbox.mails[0]).toMatchObject({
      correlationId: 'run-2026-06-03',
      message: {
        items: [{ title: 'Action a', within: 'Engagement plan', due: '2026-06-17' }, { title: 'Action b' }],
        total: 2,
        yours: 2,
        overdue: 0,
      },
    });
  });

  test('counts an action that is due in parts as one', async () => {
    const first = duty('a', '2026-05-20', 'anna');
    const parts = [duty('a', '2026-05-21', 'anna'), duty('a', '2026-06-17', 'anna')];
    await world.owe(first);
    await world.commit(...parts.map((part) => world.duties.toOwe(part)));
    await world.run('2026-06-03');
    const { message } = world.outbox.mails[0] ?? {};
    expect(message).toMatchObject({ total: 1, yours: 1, overdue: 1, more: 0 });
    expect((message as ChaseDigest).items).toHaveLength(3);
  });

  test.each(['2026-06-06', '2026-08-31', '2026-12-25'])('does nothing on %s', async (day) => {
    await world.owe(duty('a', '2026-06-01', 'anna'));
    expect(await world.run(day)).toEqual({ workingDay: false, said: 0, ownersGone: 0, mails: 0 });
    expect(world.told()).toEqual([]);
  });

  test('escalates to the head of the unit and the coordinators, once', async () => {
    await world.owe(duty('a', '2026-06-17', 'anna'));
    for (const day of ['2026-07-01', '2026-07-02']) await world.run(day);
    expect(world.told()).toEqual([
      ['2026-07-01', 'anna', 'yours a escalated'],
      ['2026-07-01', 'head', 'escalated a escalated'],
      ['2026-07-01', 'carol', 'escalated a escalated'],
      ['2026-07-02', 'anna', 'yours a weekly'],
    ]);
  });

  test('run twice on a day says nothing twice; what came up meanwhile waits for the next day', async () => {
    await world.owe(duty('a', '2026-06-17', 'anna'));
    await world.run('2026-06-03');
    await world.owe(duty('b', '2026-06-17', 'anna'));
    expect(await world.run('2026-06-03')).toMatchObject({ said: 1, mails: 0 });
    await world.run('2026-06-04');
    expect(world.told()).toEqual([
      ['2026-06-03', 'anna', 'yours a in-14-days'],
      ['2026-06-04', 'anna', 'yours b in-14-days'],
    ]);
  });

  test('at the same time with itself says each stage once', async () => {
    for (const subject of ['a', 'b', 'c', 'd']) await world.owe(duty(subject, '2026-06-17', 'anna', 'bela'));
    const runs = await Promise.all([1, 2, 3].map(() => world.run('2026-06-03')));
    expect(runs.reduce((sum, { said }) => sum + said, 0)).toBe(4);
    await world.run('2026-06-04');
    const lines = world.told().flatMap(([, to, ...rest]) => rest.map((line) => `${to} ${line}`));
    expect(lines).toHaveLength(8);
    expect(new Set(lines).size).toBe(8);
  });

  test('leaves out what was answered, or taken over, before its mail', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((subject) => duty(subject, '2026-06-17', 'anna')) as [
      Duty,
      Duty,
      Duty,
    ];
    for (const one of [a, b, c]) await world.owe(one);
    await expect(world.run('2026-06-03', 4)).rejects.toThrow(ChaseIncomplete);
    expect(world.told()).toEqual([]);
    await world.change(a, (now) => answered(now, '2026-06-03'));
    await world.change(b, (now) => handOver(now, [emailOf('bela')], '2026-06-03'));
    await world.run('2026-06-04');
    expect(world.told()).toEqual([
      ['2026-06-04', 'bela', 'yours b in-14-days'],
      ['2026-06-04', 'anna', 'yours c in-14-days'],
    ]);
  });

  test('sends no mail when nothing is left to tell', async () => {
    const a = duty('a', '2026-06-17', 'anna');
    await world.owe(a);
    await expect(world.run('2026-06-03', 2)).rejects.toThrow(ChaseIncomplete);
    await world.change(a, (now) => answered(now, '2026-06-03'));
    expect(await world.run('2026-06-03')).toMatchObject({ mails: 0 });
    expect(world.told()).toEqual([]);
    expect(await world.digest('anna')).toMatchObject({ lines: 0, lastMailedOn: null });
  });

  test('lists fifty, and counts the rest', async () => {
    for (let number = 0; number < 130; number += 1)
      await world.owe(duty(`a-${number}`, number < 10 ? '2026-05-20' : '2026-06-17', 'anna'));
    await world.run('2026-06-03');
    const [message] = world.outbox.mails.map((mail) => mail.message as ChaseDigest);
    const { items = [], total, yours, overdue } = message ?? {};
    expect([items.length, total, yours, overdue]).toEqual([50, 130, 130, 10]);
    expect(items.slice(0, 10).every(({ due }) => due === '2026-05-20')).toBe(true);
    expect(await world.run('2026-06-03')).toMatchObject({ said: 0, mails: 0 });
  });

  test('goes on with the others when one cannot be said', async () => {
    for (const subject of ['a', 'b', 'c']) await world.owe(duty(subject, '2026-06-17', 'anna'));
    const { commit } = world.facts;
    let calls = 0;
    const facts = {
      commit: (writes: Parameters<typeof commit>[0]) => (++calls === 2 ? fail() : commit(writes)),
    };
    const fail = () => Promise.reject(new Error('no answer'));
    const { chase } = await import('#domain/chasing/chase.ts');
    world.clock.set('2026-06-03T06:30:00.000Z');
    await expect(chase({ ...world.ports, facts })('run')).rejects.toThrow(ChaseIncomplete);
    expect(world.told()).toEqual([['2026-06-03', 'anna', 'yours a in-14-days', 'yours c in-14-days']]);
    await world.run('2026-06-03');
    await world.run('2026-06-04');
    expect(world.told().slice(1)).toEqual([['2026-06-04', 'anna', 'yours b in-14-days']]);
  });
});

test('what officers ask of the coordinators is their own, and nobody is told that it is long overdue', async () => {
  await world.owe(beginDuty({ kind: 'decision', subject: 'a', due: '2026-06-17', owners: [] }, '2026-06-10'));
  for (const day of ['2026-06-10', '2026-06-18', '2026-07-01']) await world.run(day);
  expect(world.told()).toEqual([
    ['2026-06-10', 'carol', 'yours a in-14-days'],
    ['2026-06-18', 'carol', 'yours a overdue'],
    ['2026-07-01', 'carol', 'yours a escalated'],
  ]);
});

describe('what cannot reach its lead', () => {
  test('goes to the coordinators, stage by stage; others who lead it are told as well', async () => {
    await world.addStaff('guest', { status: 'invited' });
    await world.owe(duty('nobody', '2026-06-17'));
    await world.owe(duty('unknown', '2026-06-17', 'stranger'));
    await world.owe(duty('invited', '2026-06-17', 'guest', 'anna'));
    await world.run('2026-06-03');
    expect(world.told()).toEqual([
      [
        '2026-06-03',
        'carol',
        'unreachable invited in-14-days',
        'unreachable nobody in-14-days',
        'unreachable unknown in-14-days',
      ],
      ['2026-06-03', 'anna', 'yours invited in-14-days'],
    ]);
  });

  test('goes there when mail to them came back or was complained about', async () => {
    await world.owe(duty('a', '2026-06-17', 'anna'));
    await world.owe(duty('b', '2026-06-17', 'bela'));
    for (const [name, reason] of [
      ['anna', 'bounced'],
      ['bela', 'unsubscribed'],
    ] as const)
      await world.commit(
        world.suppressions.toSuppress(keyOfRecipient(emailOf(name)), reason, '2026-05-30T10:00:00.000Z'),
      );
    await world.run('2026-06-03');
    expect(world.told()).toEqual([
      ['2026-06-03', 'carol', 'unreachable a in-14-days'],
      ['2026-06-03', 'bela', 'yours b in-14-days'],
    ]);
  });

  test('goes to the address for everything when there is no coordinator', async () => {
    await world.setStatus('carol', 'suspended');
    await world.owe(duty('a', '2026-06-17'));
    await world.run('2026-06-03');
    expect(world.told()).toEqual([['2026-06-03', 'contact', 'unreachable a in-14-days']]);
  });

  test('surfaces at once when somebody leaves, once, also when that is broken off', async () => {
    for (const [subject, due] of [
      ['a', '2026-06-17'],
      ['b', '2026-09-30'],
      ['c', '2026-12-31'],
    ] as const)
      await world.owe(duty(subject, due, 'anna'));
    await world.change(duty('c', '2026-12-31', 'anna'), (now) => ({ ...now, nextOn: null }));
    await world.setStatus('anna', 'suspended');
    await expect(world.run('2026-06-02', 2)).rejects.toThrow(ChaseIncomplete);
    expect(await world.run('2026-06-02')).toMatchObject({ ownersGone: 1, mails: 1 });
    await world.run('2026-06-03');
    expect(world.told()).toEqual([
      ['2026-06-02', 'carol', 'unreachable a owner-gone', 'unreachable b owner-gone'],
      ['2026-06-03', 'carol', 'unreachable a in-14-days'],
    ]);
  });

  test('is said as its stage when both come on a day, and not at all when they are back', async () => {
    await world.owe(duty('a', '2026-06-17', 'anna'));
    await world.owe(duty('b', '2026-06-17', 'bela'));
    await world.setStatus('anna', 'suspended');
    await world.setStatus('bela', 'suspended');
    await world.setStatus('bela', 'active');
    await world.run('2026-06-03');
    expect(world.told()).toEqual([
      ['2026-06-03', 'carol', 'unreachable a in-14-days'],
      ['2026-06-03', 'bela', 'yours b in-14-days'],
    ]);
  });
});

test('of a file that waits for its description, its uploader is told and nobody else, also when they have gone', async () => {
  const upload = anUpload({ owner: emailOf('anna'), name: 'results.pdf' });
  const owed = { kind: 'upload', subject: upload.id, due: '2026-06-17', owners: [emailOf('anna')] } as const;
  await world.commit(world.uploads.toAdd(upload), world.duties.toOwe(beginDuty(owed, '2026-05-18')));
  await world.run('2026-06-03');
  expect(world.told()).toEqual([['2026-06-03', 'anna', `yours ${upload.id} in-14-days`]]);
  await world.setStatus('anna', 'suspended');
  await world.run('2026-06-15');
  expect(world.told()).toHaveLength(1);
});

test('an answer that is late is told to the heads of the units that cover the area, and the coordinators', async () => {
  await world.addUnit('ward-team', { head: emailOf('bela'), areas: [WARD] });
  await world.addUnit('elsewhere', { head: emailOf('anna'), areas: ['E05099902'] });
  const submission = aSubmission({ id: 's-1', reference: 'AB2CD3EF' });
  await world.commit(
    world.submissions.toAdd(submission),
    world.duties.toOwe(
      beginDuty({ kind: 'answer', subject: 's-1', due: '2026-11-26', owners: [], area: WARD }, '2026-11-23'),
    ),
  );
  for (const day of ['2026-11-24', '2026-11-26', '2026-11-27', '2026-11-30', '2026-12-04'])
    await world.run(day);
  const receivers = ['bela', 'head', 'carol'];
  expect(
    world
      .told()
      .map(([day, to, ...lines]) => `${day} ${to} ${lines}`)
      .sort(),
  ).toEqual(
    [
      ...receivers.map((name) => `2026-11-27 ${name} escalated s-1 escalated`),
      ...receivers.map((name) => `2026-12-04 ${name} escalated s-1 weekly`),
    ].sort(),
  );
  expect(world.outbox.mails[0]?.message).toMatchObject({
    items: [{ owed: 'answer', title: 'AB2CD3EF', within: 'Millbrook' }],
  });
});
