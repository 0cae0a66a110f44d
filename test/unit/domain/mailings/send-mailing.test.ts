import { beforeEach, describe, expect, test } from 'vitest';
import { NO_DELIVERIES } from '#domain/mailings/delivery.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { MailRefused, MailThrottled, MailUnacceptable } from '#domain/mailings/ports.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { NothingIsTaken } from '#domain/mailings/send-delivery.ts';
import { aMailing, aMailingStep, aRecipient } from '#test/support/stores/records.ts';
import { openWorld, people, type World } from './world.ts';

let world: World;
let mailing: Mailing;

const open = async (recipients: readonly Recipient[], changes: Partial<Mailing> = {}) => {
  world = openWorld();
  mailing = await world.sending(recipients, changes);
};

/** People who are all in one part of a mailing, so that one worker has them. */
const inOnePart = (count: number): readonly Recipient[] =>
  Array.from({ length: count }, (_, index) =>
    aRecipient({ email: `resident-${index}@example.org`, key: `08${String(index).padStart(62, '0')}` }),
  );

const [one] = inOnePart(1);
if (!one) throw new Error('There is nobody');

const step = (shard = 0) => aMailingStep({ mailing: mailing.id, work: { kind: 'send', shard } });
const send = (remaining?: () => number) => world.work(step(), remaining);
const counts = () => world.ledger.counts(mailing.id);
const status = async () => (await world.found(mailing.id)).status;
const addresses = () => world.postman.sent.map(({ mail }) => mail.to).toSorted();
const state = async () => (await world.states(mailing.id, [one]))[0];

/** Does something when the mail service is called for the so-manieth time. */
const atCall = (calls: number, deed: () => Promise<void> | void) => {
  const { send: post } = world.postman;
  let made = 0;
  world.postman.send = async (...values) => {
    made += 1;
    if (made === calls) await deed();
    return post.apply(world.postman, values);
  };
};

describe('sending a mailing', () => {
  test('hands each mail over once, and is finished with the last', async () => {
    await open(people(300));
    await world.sendAll(mailing.id);
    expect(addresses()).toEqual(
      people(300)
        .map(({ email }) => email)
        .toSorted(),
    );
    expect(await counts()).toEqual({ ...NO_DELIVERIES, accepted: 300 });
    expect(await world.found(mailing.id)).toMatchObject({
      ...{ status: 'sent', finishedAt: world.clock.now(), total: 300 },
    });
    expect(await world.deeds()).toEqual(['finish mailing']);
    await world.sendAll(mailing.id);
    expect(world.postman.sent).toHaveLength(300);
  });

  test('names row, address, and where answers go; and says in the mail how to leave', async () => {
    await open([one]);
    const messages: unknown[] = [];
    world.ports.render = ({ message }) => {
      messages.push(message);
      return { subject: 's', text: 't', html: 'h', oneClickUrl: null };
    };
    await send();
    expect(world.postman.sent.map(({ mail }) => mail)).toEqual([
      {
        ...{ id: `${mailing.id}.${one.key}`, to: one.email, replyTo: mailing.replyTo },
        ...{ correlationId: 'correlation-1', kind: 'mailing' },
      },
    ]);
    const { subject, source } = mailing;
    expect(messages).toMatchObject([{ kind: 'mailing', subject, source, area: one.area, isTest: false }]);
    const [{ optOut }] = messages as [{ optOut: { unsubscribe: string; preferences: string } }];
    expect(await world.mailTokens.read('unsubscribe', optOut.unsubscribe)).toBe(one.key);
    expect(await world.mailTokens.read('preferences', optOut.preferences)).toBe(one.key);
    world.clock.advance(24 * 61);
    expect(await world.mailTokens.read('unsubscribe', optOut.unsubscribe)).toBe(one.key);
    expect(await world.mailTokens.read('preferences', optOut.preferences)).toBeNull();
  });

  test('logs no address', async () => {
    await open(people(20));
    world.postman.faults.push(new Error('resident@example.org'), new MailUnacceptable('no@example.org'));
    await world.sendAll(mailing.id);
    expect(JSON.stringify(world.lines)).not.toContain('example.org');
  });

  test.each(['draft', 'freezing', 'paused', 'sent', 'cancelled'] as const)(
    'does not happen to one that is %s',
    async (other) => {
      await open(people(10), { status: other });
      await world.sendAll(mailing.id);
      expect(world.postman.sent).toEqual([]);
      expect(await status()).toBe(other);
    },
  );

  test('passes by whoever must not be written to, and holds over what is too much', async () => {
    await open([...people(3), one, aRecipient({ email: 'weekly@example.org', weekly: true })]);
    const [first, second] = people(3);
    if (!first || !second) throw new Error('too few');
    await world.facts.commit([world.suppressions.toSuppress(first.key, 'unsubscribed', world.clock.now())]);
    for (let mail = 0; mail < 3; mail += 1) {
      const { id } = aMailing();
      await world.ledger.enter(id, [second], world.clock.now());
      const [row] = await world.rowsOf(id, [second]);
      if (row) await world.ledger.claim(row, world.terms());
    }
    await world.sendAll(mailing.id);
    expect(await counts()).toEqual({ ...NO_DELIVERIES, accepted: 2, suppressed: 1, held: 2 });
    expect(await status()).toBe('sent');
    expect(await world.waiting()).toHaveLength(2);
  });
});

describe('a mail that the service does not take', () => {
  beforeEach(() => open([one]));

  test('for the moment is tried again, after pauses that double', async () => {
    world.postman.faults.push(new MailThrottled('Throttling'), new MailThrottled('Throttling'));
    const began = Date.parse(world.clock.now());
    await send();
    expect(world.pace.backOffs).toEqual([1_000, 2_000]);
    expect(Date.parse(world.clock.now()) - began).toBe(3_000);
    expect(addresses()).toEqual([one.email]);
    expect(await counts()).toEqual({ ...NO_DELIVERIES, accepted: 1 });
    expect(await status()).toBe('sent');
  });

  test('five times waits, claimed, for another worker', async () => {
    world.postman.faults.push(...Array.from({ length: 5 }, () => new MailThrottled('Throttling')));
    await send();
    expect(world.pace.backOffs).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(world.postman.faults).toEqual([]);
    expect(await state()).toBe('claimed');
    expect(await status()).toBe('sending');
    await send();
    expect(addresses()).toEqual([]);
    world.pass(121);
    await send();
    expect(addresses()).toEqual([one.email]);
    expect(await status()).toBe('sent');
  });

  test('at all is closed, and never tried again', async () => {
    world.postman.faults.push(new MailUnacceptable('InvalidParameterValue'));
    await send();
    expect(await counts()).toEqual({ ...NO_DELIVERIES, refused: 1 });
    expect(await status()).toBe('sent');
    world.pass(500);
    await send();
    expect(addresses()).toEqual([]);
  });

  test('because it takes nothing stops the worker, so that the step comes again', async () => {
    await open(inOnePart(30));
    world.postman.faults.push(...Array.from({ length: 4 }, () => new MailRefused('AccountSendingPaused')));
    await expect(send()).rejects.toThrow(NothingIsTaken);
    expect(addresses()).toEqual([]);
    expect((await world.states(mailing.id, inOnePart(30))).every((now) => now !== 'handed')).toBe(true);
    world.pass(121);
    await send();
    expect(addresses()).toHaveLength(30);
    expect(await counts()).toEqual({ ...NO_DELIVERIES, accepted: 30 });
    expect(await status()).toBe('sent');
  });

  test('as far as anybody knows is in doubt, and never tried again', async () => {
    world.postman.faults.push(new Error('timed out'));
    await send();
    expect(await state()).toBe('handed');
    expect(await status()).toBe('sending');
    await send();
    expect(await state()).toBe('handed');
    world.pass(121);
    await send();
    expect(await counts()).toEqual({ ...NO_DELIVERIES, 'in-doubt': 1 });
    expect(await status()).toBe('sent');
    expect(addresses()).toEqual([]);
  });
});

describe('a mail that the service has taken', () => {
  beforeEach(() => open([one]));

  test('is not sent again when that could not be noted', async () => {
    const { settle } = world.ledger;
    world.ledger.settle = () => Promise.reject(new Error('no answer'));
    await send();
    world.ledger.settle = settle;
    world.pass(121);
    await send();
    expect(addresses()).toEqual([one.email]);
    expect(await counts()).toEqual({ ...NO_DELIVERIES, 'in-doubt': 1 });
    expect(await status()).toBe('sent');
  });

  test('by a worker that died is in doubt, after a while', async () => {
    const [row] = await world.rowsOf(mailing.id, [one]);
    if (!row) throw new Error('no row');
    await world.elsewhere.ledger.claim(row, world.terms());
    await world.elsewhere.ledger.hand(row.id, 1, world.clock.now());
    world.pass(120);
    await send();
    expect(await state()).toBe('handed');
    world.pass(1);
    await send();
    expect(await state()).toBe('in-doubt');
    expect(addresses()).toEqual([]);
  });
});

describe('a worker', () => {
  test('leaves a part to whoever is at it', async () => {
    await open(inOnePart(40));
    await Promise.all([send(), send(), send()]);
    expect(addresses()).toHaveLength(40);
    const lines = world.lines.filter(({ name }) => name === 'mailing part sent');
    expect(lines).toMatchObject([{ details: { sent: 40, notSent: 0, ended: 'done' } }]);
  });

  test('shares a part with another, should its lease have ended, and sends nothing twice', async () => {
    await open(inOnePart(60));
    world.leases.take = async () => true;
    await Promise.all([send(), send(), send()]);
    expect(addresses()).toEqual(
      inOnePart(60)
        .map(({ email }) => email)
        .toSorted(),
    );
    expect(await counts()).toEqual({ ...NO_DELIVERIES, accepted: 60 });
    expect(await status()).toBe('sent');
  });

  test('stops when the mailing is paused meanwhile, and goes on when it is resumed', async () => {
    await open(inOnePart(60));
    world.pace.rate = 16;
    atCall(10, async () => {
      await world.change(mailing.id, { status: 'paused', pausedFrom: 'sending', pausedFor: 'staff' });
      world.pass(1);
    });
    await send();
    // What the lanes had in hand has gone, and nothing more.
    expect(addresses().length).toBeGreaterThanOrEqual(10);
    expect(addresses().length).toBeLessThanOrEqual(14);
    expect(await status()).toBe('paused');
    expect(world.steps.posted).toEqual([]);
    world.pass(121);
    await world.change(mailing.id, { status: 'sending', pausedFrom: null, pausedFor: null });
    await send();
    expect(addresses()).toHaveLength(60);
    expect(await status()).toBe('sent');
  });

  test('goes on by itself when it is resumed before the last worker has let go', async () => {
    await open(inOnePart(60));
    world.pace.rate = 16;
    atCall(10, async () => {
      await world.change(mailing.id, { status: 'paused', pausedFrom: 'sending', pausedFor: 'staff' });
      world.pass(1);
    });
    const { leases } = world.ports;
    const giveBack = leases.giveBack.bind(leases);
    leases.giveBack = async (...lease) => {
      leases.giveBack = giveBack;
      await world.change(mailing.id, { status: 'sending', pausedFrom: null, pausedFor: null });
      await giveBack(...lease);
    };
    await send();
    expect(world.steps.posted).toHaveLength(1);
  });

  test.each([0, -200])('sends nothing when %i of the quota of the day is left', async (left) => {
    await open(inOnePart(60));
    world.pace.quotaLeft = left;
    await send();
    expect(addresses()).toEqual([]);
    expect((await world.states(mailing.id, inOnePart(60))).every((now) => now === 'waiting')).toBe(true);
    expect(await status()).toBe('sending');
    expect(world.steps.posted).toEqual([]);
    world.pace.quotaLeft = 100;
    await send();
    expect(addresses()).toHaveLength(60);
  });

  test('stops when the quota of the day is used up on the way', async () => {
    await open(inOnePart(60));
    world.pace.rate = 16;
    atCall(10, () => {
      world.pace.quotaLeft = 0;
      world.pass(1);
    });
    await send();
    expect(addresses().length).toBeLessThanOrEqual(14);
    expect(await status()).toBe('sending');
  });

  test('asks for another turn when its time is used up, and leaves nothing in hand', async () => {
    await open(inOnePart(60));
    world.pace.rate = 16;
    let left = 60_000;
    atCall(10, () => {
      left = 19_000;
    });
    await send(() => left);
    const sent = addresses().length;
    expect(sent).toBeGreaterThanOrEqual(10);
    expect(sent).toBeLessThanOrEqual(14);
    expect(world.works()).toEqual(['send 0']);
    expect(new Set(await world.states(mailing.id, inOnePart(60)))).toEqual(new Set(['accepted', 'waiting']));
    await send();
    expect(addresses()).toHaveLength(60);
    expect(await status()).toBe('sent');
  });

  test('hands nothing over when it may end before it is told what became of it', async () => {
    await open(inOnePart(10));
    world.pace.rate = 1_000;
    // A flow in which others have reserved: each place is ten seconds behind the one before.
    let place = Date.parse(world.clock.now());
    world.pace.reserve = async (places) => Array.from({ length: places }, () => (place += 10_000));
    const end = Date.parse(world.clock.now()) + 45_000;
    await send(() => end - Date.parse(world.clock.now()));
    expect(addresses()).toHaveLength(3);
    expect(Date.parse(world.clock.now())).toBeLessThan(end);
    expect((await world.states(mailing.id, inOnePart(10))).filter((now) => now === 'handed')).toEqual([]);
    expect(world.works()).toEqual(['send 0']);
  });

  test('gives its part back when it fails, whatever fails', async () => {
    await open(inOnePart(10));
    const { perSecond } = world.pace;
    world.pace.perSecond = () => Promise.reject(new Error('no answer'));
    await expect(send()).rejects.toThrow('no answer');
    world.pace.perSecond = perSecond;
    const { open: read } = world.ledger;
    world.ledger.open = () => Promise.reject(new Error('no answer'));
    await expect(send()).rejects.toThrow('no answer');
    world.ledger.open = read;
    await send();
    expect(addresses()).toHaveLength(10);
    expect(world.lines.filter(({ level }) => level === 'ERROR')).toHaveLength(2);
  });

  test('finishes the mailing when somebody else has closed the last row, and not before', async () => {
    await open([one, ...people(1)]);
    const [row] = await world.rowsOf(mailing.id, [one]);
    if (!row) throw new Error('no row');
    await world.elsewhere.ledger.claim(row, world.terms());
    await world.elsewhere.ledger.hand(row.id, 1, world.clock.now());
    await world.sendAll(mailing.id);
    expect(await status()).toBe('sending');
    await world.elsewhere.ledger.settle(row.id, 'accepted', world.clock.now(), 'service-1');
    await send();
    expect(await status()).toBe('sent');
  });

  test('that reads many rows hands each out once', async () => {
    await open(inOnePart(700));
    await send();
    expect(new Set(addresses()).size).toBe(700);
    expect(addresses()).toHaveLength(700);
  });
});
