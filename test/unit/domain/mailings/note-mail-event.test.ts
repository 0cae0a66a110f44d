import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { isSuppressed } from '#adapters/memory/suppression-check.ts';
import type { Departure } from '#domain/chasing/ports.ts';
import {
  type DeliveryCounts,
  type DeliveryState,
  NO_DELIVERIES,
  nextState,
} from '#domain/mailings/delivery.ts';
import { type MailEvent, type MailEventKind, mailEventKinds } from '#domain/mailings/mail-event.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import type { Mail } from '#domain/mailings/message.ts';
import { DeliveryBusy, noteMailEvent } from '#domain/mailings/note-mail-event.ts';
import { findTrouble } from '#domain/mailings/pause-troubled.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { addSeconds } from '#domain/shared/clock.ts';
import { aMail, aRecipient } from '#test/support/stores/records.ts';
import { samples } from '#web/mail/samples.ts';
import { openWorld, people, START, type World } from './world.ts';

let world: World;
let mailing: Mailing;
const resident = aRecipient();

beforeEach(async () => {
  world = openWorld();
});

/** A mailing of which these people have a mail that was handed over, or what became of it. */
const open = async (recipients: readonly Recipient[], to: DeliveryState = 'accepted') => {
  mailing = await world.sending(recipients, { tolerated: { bounced: 0, complained: 0 } });
  for (const row of await world.rowsOf(mailing.id, recipients)) {
    await world.ledger.claim(row, world.terms());
    await world.ledger.hand(row.id, 1, START);
    if (to === 'handed') continue;
    await world.facts.commit([
      world.rows.toMove(row.id, { state: 'handed', mailing: mailing.id }, to, START),
    ]);
  }
};

const eventOf = (kind: MailEventKind, { key, email }: Recipient = resident): MailEvent => ({
  ...{ delivery: `${mailing.id}.${key}`, kind, email, serviceId: 'service-1', at: START },
});
const note = (event: MailEvent) => noteMailEvent(world.ports)(event, 'correlation-9');
const tell = (kind: MailEventKind, recipient?: Recipient) => note(eventOf(kind, recipient));
const counts = () => world.ledger.counts(mailing.id);
const state = async () => (await world.states(mailing.id, [resident]))[0];
const known = ({ key }: Recipient = resident) => world.suppressions.find(key);
const notices = () => world.outbox.mails.filter(({ message }) => message.kind === 'mailing-paused');

describe('what the mail service tells', () => {
  test.each([
    ['sent', 'accepted', null],
    ['delivered', 'delivered', null],
    ['bounced-hard', 'bounced', { bounced: START }],
    ['bounced-soft', 'bounced', { bounced: null, softBounces: 1 }],
    ['complained', 'complained', { complained: START }],
    ['rejected', 'refused', null],
  ] as const)(
    'moves the row, counts it, and notes what it says of the address: %s',
    async (kind, to, says) => {
      await open([resident], 'handed');
      await tell(kind);
      await tell(kind);
      expect(await state()).toBe(to);
      expect(await counts()).toEqual({ ...NO_DELIVERIES, [to]: 1 });
      if (says === null) expect(await known()).toBeNull();
      else expect(await known()).toMatchObject(says);
    },
  );

  test('closes what was in doubt', async () => {
    await open([resident], 'in-doubt');
    await tell('delivered');
    expect(await counts()).toEqual({ ...NO_DELIVERIES, delivered: 1 });
  });

  test('of a mail that is not ours is logged and dropped', async () => {
    await open([resident]);
    await note({ ...eventOf('bounced-hard'), delivery: 'unknown' });
    await note({ ...eventOf('bounced-hard'), delivery: 'unknown.00' });
    expect(world.lines).toMatchObject([
      { level: 'WARN', name: 'mail event of no mail of ours' },
      { level: 'WARN', name: 'mail event of no mail of ours' },
    ]);
    expect(await known()).toBeNull();
  });

  test.each([
    ['chase-digest', 'bounced-hard', 1],
    ['chase-digest', 'complained', 1],
    ['chase-digest', 'delivered', 0],
    ['submission-received', 'bounced-hard', 0],
  ] as const)('of a mail to staff tells that they are gone: %s, %s', async (kind, event, count) => {
    const mail = aMail({ to: 'lead@folkmoot.example', message: samples[kind] });
    await world.facts.commit([world.outbox.toPost(mail)]);
    await world.deliveries.claim(
      { id: mail.id, recipient: keyOfRecipient(mail.to), essential: true },
      world.clock.now(),
    );
    await world.deliveries.accept(mail.id, 'service-1', world.clock.now());
    await note({ delivery: mail.id, kind: event, email: mail.to, serviceId: 'service-1', at: START });
    const gone: Departure[] = [];
    for await (const one of world.departures.waiting()) gone.push(one);
    expect(gone).toEqual(Array.from({ length: count }, () => ({ email: mail.to, at: START })));
  });

  test('of a mail of the outbox closes that, and stops no mailing', async () => {
    await open([resident]);
    const mail = aMail({ to: resident.email });
    await world.facts.commit([world.outbox.toPost(mail)]);
    await world.deliveries.claim({ id: mail.id, recipient: resident.key, essential: true }, START);
    await note({ ...eventOf('complained'), delivery: mail.id });
    expect(await world.rows.find(mail.id)).toEqual({ state: 'complained', mailing: null });
    expect(await known()).toMatchObject({ complained: START });
    expect(await world.found(mailing.id)).toMatchObject({ status: 'sending' });
    expect(await counts()).toEqual({ ...NO_DELIVERIES, accepted: 1 });
  });

  test('is logged without the address', async () => {
    await open([resident]);
    for (const kind of mailEventKinds) await tell(kind);
    expect(world.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(world.lines)).not.toContain('example.org');
  });

  test('that the address is dead is heard, also after a bounce that was not for ever', async () => {
    await open([resident]);
    await tell('bounced-soft');
    await tell('bounced-hard');
    expect(await counts()).toEqual({ ...NO_DELIVERIES, bounced: 1 });
    expect(await known()).toMatchObject({ bounced: START });
  });

  test('changes row and address together or not at all', async () => {
    await open([resident]);
    const { commit } = world.facts;
    world.ports.facts = { commit: () => Promise.reject(new Error('no answer')) };
    await expect(tell('bounced-hard')).rejects.toThrow('no answer');
    expect(await state()).toBe('accepted');
    expect(await known()).toBeNull();
    world.ports.facts = { commit };
    await tell('bounced-hard');
    expect(await state()).toBe('bounced');
    expect(await known()).toMatchObject({ bounced: START });
  });

  test('comes again when the row changes under every look', async () => {
    await open([resident]);
    world.ports.facts = { commit: async () => ({ refused: 'changed-meanwhile' }) };
    await expect(tell('delivered')).rejects.toThrow(DeliveryBusy);
  });
});

describe('any events in any order, one by one and at once', () => {
  const three = people(3);
  const ranks: readonly DeliveryState[] = ['handed', 'accepted', 'delivered', 'bounced', 'complained'];
  const told = fc.record({
    person: fc.nat({ max: 2 }),
    kind: fc.constantFrom(...mailEventKinds),
    atOnce: fc.boolean(),
  });

  const countsOf = (states: readonly DeliveryState[]): DeliveryCounts => {
    const sums: Record<string, number> = { ...NO_DELIVERIES };
    for (const one of states) if (one in sums) sums[one] = (sums[one] ?? 0) + 1;
    return sums as unknown as DeliveryCounts;
  };

  test('end in the highest that was told, with exact counts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(told, { maxLength: 25 }), async (events) => {
        world = openWorld();
        await open(three, 'handed');
        const kinds: MailEventKind[][] = [[], [], []];
        let running: Promise<void>[] = [];
        for (const { person, kind, atOnce } of events) {
          const recipient = three[person] ?? resident;
          kinds[person]?.push(kind);
          running.push(tell(kind, recipient));
          if (atOnce && running.length < 5) continue;
          await Promise.all(running);
          running = [];
        }
        await Promise.all(running);
        const states = await world.states(mailing.id, three);
        expect(await counts()).toEqual(countsOf(states));
        for (const [person, last] of states.entries())
          await expectEnd(three[person], last, kinds[person] ?? []);
      }),
      { numRuns: 150 },
    );
  });

  /** A refusal ends a mail, unless somebody has had it before: which of both was first may be anybody's guess. */
  const expectEnd = async (
    recipient: Recipient | undefined,
    last: DeliveryState,
    kinds: readonly MailEventKind[],
  ) => {
    if (last === 'refused') expect(kinds).toContain('rejected');
    else {
      const reached = kinds.map((kind) => ranks.indexOf(nextState('handed', kind) ?? 'handed'));
      expect(last).toBe(ranks[Math.max(0, ...reached)]);
    }
    const isClosed = isSuppressed(await known(recipient), { essential: true });
    if (last === 'complained') expect(isClosed).toBe(true);
    if (last === 'bounced') expect(isClosed).toBe(kinds.includes('bounced-hard'));
  };
});

describe('bounces that are not for ever', () => {
  /** One mail of a mailing of its own for each event. */
  const tellEach = async (kinds: readonly MailEventKind[]) => {
    for (const kind of kinds) {
      world.clock.advance(24 * 7);
      mailing = await world.sending([resident]);
      const [row] = await world.rowsOf(mailing.id, [resident]);
      if (!row) throw new Error('no row');
      await world.ledger.claim(row, { ...world.terms(), week: mailing.id });
      await world.ledger.hand(row.id, 1, START);
      await tell(kind);
    }
  };

  test('suppress an address after five in a row', async () => {
    await tellEach(Array.from({ length: 4 }, () => 'bounced-soft'));
    expect(await known()).toMatchObject({ bounced: null, softBounces: 4 });
    await tellEach(['bounced-soft']);
    expect(await known()).toMatchObject({ bounced: START });
  });

  test('count anew after a mail that has arrived', async () => {
    await tellEach(['bounced-soft', 'bounced-soft', 'bounced-soft', 'bounced-soft', 'delivered']);
    expect(await known()).toBeNull();
    await tellEach(['bounced-soft', 'bounced-soft', 'bounced-soft', 'bounced-soft']);
    expect(await known()).toMatchObject({ bounced: null, softBounces: 4 });
  });

  test('count once, however often they are told', async () => {
    await open([resident]);
    for (let time = 0; time < 6; time += 1) await tell('bounced-soft');
    expect(await known()).toMatchObject({ bounced: null, softBounces: 1 });
  });
});

describe('a mailing of which too much comes back', () => {
  const status = async () => (await world.found(mailing.id)).status;
  const tellMany = async (kind: MailEventKind, recipients: readonly Recipient[]) => {
    for (const recipient of recipients) await tell(kind, recipient);
  };

  test.each([
    [19, 19, 'sending'],
    [20, 1, 'sending'],
    [20, 2, 'paused'],
    [100, 5, 'sending'],
    [100, 6, 'paused'],
  ] as const)('of %i sent, %i bounced: %s', async (sent, bounced, expected) => {
    const all = people(sent);
    await open(all);
    await tellMany('bounced-hard', all.slice(0, bounced));
    expect(await status()).toBe(expected);
  });

  test.each([
    [1, 1, 'complaints'],
    [999, 1, 'complaints'],
    [1_000, 1, null],
    [1_001, 2, 'complaints'],
    [2_000, 2, null],
  ] as const)('of %i sent, %i complained: %s', (sent, complained, reason) => {
    const told = { ...NO_DELIVERIES, delivered: sent - complained, complained };
    expect(findTrouble(told, { bounced: 0, complained: 0 })?.reason ?? null).toBe(reason);
  });

  test('stops by itself, with an entry in the trail, and tells whoever sent it, once', async () => {
    const all = people(20);
    await open(all);
    await tellMany('bounced-soft', all.slice(0, 5));
    expect(await world.found(mailing.id)).toMatchObject({
      ...{ status: 'paused', pausedFrom: 'sending', pausedFor: 'bounces' },
    });
    expect(await world.deeds()).toEqual(['pause mailing']);
    expect(notices()).toMatchObject([
      {
        to: 'coordinator@folkmoot.example',
        correlationId: 'correlation-9',
        message: { mailing: mailing.id, subject: mailing.subject, reason: 'bounces', sent: 20, affected: 2 },
      },
    ]);
  });

  test('tells its author when nobody else has sent it', async () => {
    await open([resident]);
    await world.change(mailing.id, { submittedBy: null });
    await tell('complained');
    expect(notices()).toMatchObject([{ to: mailing.author, message: { reason: 'complaints', affected: 1 } }]);
  });

  test('stops once when many events come at once', async () => {
    const all = people(40);
    await open(all);
    await Promise.all(all.map((recipient) => tell('bounced-hard', recipient)));
    expect(await counts()).toEqual({ ...NO_DELIVERIES, bounced: 40 });
    expect(await status()).toBe('paused');
    expect(notices()).toHaveLength(1);
    expect(await world.deeds()).toEqual(['pause mailing']);
  });

  test('goes on in spite of what somebody has seen when resuming it, and stops at more', async () => {
    const all = people(40);
    await open(all);
    await tellMany('bounced-hard', all.slice(0, 3));
    expect(await status()).toBe('paused');
    const tolerated = { bounced: 3, complained: 0 };
    await world.change(mailing.id, { status: 'sending', pausedFrom: null, pausedFor: null, tolerated });
    await tell('bounced-hard', all[0]);
    expect(await status()).toBe('sending');
    await tell('bounced-hard', all[3]);
    expect(await status()).toBe('paused');
    expect(notices()).toHaveLength(2);
  });

  test('stops when the event comes again that could not be followed', async () => {
    await open([resident]);
    world.ports.mailings = { find: () => Promise.reject(new Error('no answer')) } as never;
    await expect(tell('complained')).rejects.toThrow('no answer');
    expect(await state()).toBe('complained');
    world.ports.mailings = world.mailings;
    await tell('complained');
    expect(await status()).toBe('paused');
    expect(notices()).toHaveLength(1);
  });

  test.each(['paused', 'sent', 'cancelled'] as const)('is left alone when it is %s', async (other) => {
    const all = people(20);
    await open(all);
    await world.change(mailing.id, { status: other });
    await tellMany('bounced-hard', all);
    expect(await status()).toBe(other);
    expect(notices()).toEqual([] satisfies Mail[]);
  });

  test('sends nothing more of what waits', async () => {
    const all = people(30);
    await open(all);
    const late = aRecipient({ email: 'late@example.org' });
    await world.ledger.enter(mailing.id, [late], addSeconds(START, 1));
    await tellMany('bounced-hard', all.slice(0, 2));
    await world.sendAll(mailing.id);
    expect(world.postman.sent).toEqual([]);
  });
});
