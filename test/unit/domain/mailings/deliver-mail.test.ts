import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryDeliveries } from '#adapters/memory/deliveries.ts';
import { MemoryFacts } from '#adapters/memory/facts.ts';
import { MemoryMailQueue } from '#adapters/memory/mail-queue.ts';
import { MemoryOutbox } from '#adapters/memory/outbox.ts';
import { MemoryPace } from '#adapters/memory/pace.ts';
import { MemoryPostman } from '#adapters/memory/postman.ts';
import { MemorySuppressions } from '#adapters/memory/suppressions.ts';
import { DeliveryInDoubt, deliverMail, MailUnknown } from '#domain/mailings/deliver-mail.ts';
import { envelopeOf, MailRefused, MailThrottled } from '#domain/mailings/ports.ts';
import { relayMails } from '#domain/mailings/relay-mails.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { aMail } from '#test/support/stores/records.ts';

const WORDS = {
  subject: 'subject canary',
  text: 'text canary',
  html: '<p>html canary</p>',
  oneClickUrl: null,
};

const open = async () => {
  const outbox = new MemoryOutbox();
  const suppressions = new MemorySuppressions();
  const deliveries = new MemoryDeliveries(outbox, suppressions);
  const postman = new MemoryPostman();
  const lines: { level: string; name: string; details: object }[] = [];
  const calls: string[] = [];
  const noting = <Method extends (...values: never[]) => Promise<unknown>>(
    name: string,
    method: Method,
  ): Method =>
    ((...values) => {
      calls.push(name);
      return method(...values);
    }) as Method;
  deliveries.claim = noting('claim', deliveries.claim.bind(deliveries));
  deliveries.accept = noting('accept', deliveries.accept.bind(deliveries));
  deliveries.release = noting('release', deliveries.release.bind(deliveries));
  postman.send = noting('send', postman.send.bind(postman));
  const mail = aMail({ to: 'canary@example.org' });
  await new MemoryFacts().commit([outbox.toPost(mail)]);
  const ports = {
    outbox,
    deliveries,
    postman,
    keyOfRecipient: (email: string) => email,
    pace: new MemoryPace(new FixedClock()),
    wait: async () => {},
    clock: new FixedClock(),
    log: (level: string, name: string, details: object) => {
      lines.push({ level, name, details });
    },
    render: () => {
      calls.push('render');
      return WORDS;
    },
  };
  const deliver = deliverMail(ports);
  return {
    ports,
    postman,
    deliveries,
    suppressions,
    mail,
    lines,
    calls,
    deliver: () => deliver({ id: mail.id, correlationId: mail.correlationId }),
  };
};

let world: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  world = await open();
});

describe('delivering a mail', () => {
  test('puts it into words, claims it, hands it over, and notes that it was accepted, in this order', async () => {
    await world.deliver();
    expect(world.calls).toEqual(['render', 'claim', 'send', 'accept']);
    expect(world.postman.sent).toEqual([{ mail: envelopeOf(world.mail), words: WORDS }]);
    expect(world.lines).toMatchObject([
      { level: 'INFO', name: 'mail sent', details: { mail: world.mail.id, kind: 'submission-received' } },
    ]);
  });

  test('sends it once, however often it is announced', async () => {
    await world.deliver();
    await world.deliver();
    await world.deliver();
    expect(world.postman.sent).toHaveLength(1);
    expect(world.lines.map(({ name }) => name)).toEqual([
      'mail sent',
      'mail sent before',
      'mail sent before',
    ]);
  });

  test('at the same moment by two workers sends it once; the other leaves it in doubt to the queue', async () => {
    const outcomes = await Promise.allSettled([world.deliver(), world.deliver()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(world.postman.sent).toHaveLength(1);
    await world.deliver();
    expect(world.postman.sent).toHaveLength(1);
  });

  test('gives it back when it was refused, so that it is tried again', async () => {
    world.postman.faults.push(new MailRefused('throttled'));
    await expect(world.deliver()).rejects.toThrow(MailRefused);
    expect(world.calls).toEqual(['render', 'claim', 'send', 'release']);
    await world.deliver();
    expect(world.postman.sent).toHaveLength(1);
  });

  test('tries again when the service takes none at the moment, after pauses that double', async () => {
    world.postman.faults.push(new MailThrottled('Throttling'), new MailThrottled('Throttling'));
    await world.deliver();
    expect(world.postman.sent).toHaveLength(1);
    expect(world.ports.pace.backOffs).toEqual([1_000, 2_000]);
    expect(world.calls).toEqual([
      'render',
      ...['claim', 'send', 'release'],
      ...['claim', 'send', 'release'],
      ...['claim', 'send', 'accept'],
    ]);
  });

  test('is given back to the queue after five times', async () => {
    world.postman.faults.push(...Array.from({ length: 5 }, () => new MailThrottled('Throttling')));
    await expect(world.deliver()).rejects.toThrow(MailThrottled);
    expect(world.ports.pace.backOffs).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(world.calls.at(-1)).toBe('release');
    await world.deliver();
    expect(world.postman.sent).toHaveLength(1);
  });

  test('waits for its place in the flow before it is claimed', async () => {
    const place = Date.parse(world.ports.clock.now()) + 1_500;
    world.ports.pace.reserve = async () => [place];
    world.ports.wait = async (...values: unknown[]) => void world.calls.push(`wait ${values}`);
    await world.deliver();
    expect(world.calls).toEqual(['render', 'wait 1500', 'claim', 'send', 'accept']);
  });

  test('never sends it again when nobody knows whether it arrived', async () => {
    world.postman.faults.push(new Error('timed out'));
    await expect(world.deliver()).rejects.toThrow('timed out');
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(world.deliver()).rejects.toThrow(DeliveryInDoubt);
    expect(world.postman.sent).toEqual([]);
    expect(world.calls.filter((call) => call === 'send')).toHaveLength(1);
    expect(world.calls).not.toContain('release');
  });

  test('never sends it again when it was sent and that could not be noted', async () => {
    world.deliveries.accept = () => Promise.reject(new Error('no answer'));
    await expect(world.deliver()).rejects.toThrow('no answer');
    await expect(world.deliver()).rejects.toThrow(DeliveryInDoubt);
    expect(world.postman.sent).toHaveLength(1);
  });

  test.each([
    { isTest: true, sent: 1 },
    { isTest: false, sent: 0 },
  ])('sends $sent to somebody who has unsubscribed when it is a test: $isTest', async ({ isTest, sent }) => {
    const optOut = { unsubscribe: 'token-1', preferences: 'token-2' };
    const message = { kind: 'mailing', subject: 'A', source: 'B', area: null, isTest, optOut } as const;
    const mail = aMail({ to: 'coordinator@folkmoot.example', message });
    await new MemoryFacts().commit([
      world.ports.outbox.toPost(mail),
      world.suppressions.toSuppress(mail.to, 'unsubscribed', mail.postedAt),
    ]);
    await deliverMail(world.ports)({ id: mail.id, correlationId: mail.correlationId });
    expect(world.postman.sent).toHaveLength(sent);
  });

  test('claims nothing that cannot be put into words', async () => {
    const deliver = deliverMail({
      ...world.ports,
      render: () => {
        throw new Error('no such sentence');
      },
    });
    await expect(deliver({ id: world.mail.id, correlationId: 'c' })).rejects.toThrow('no such sentence');
    expect(world.calls).toEqual([]);
    await world.deliver();
    expect(world.postman.sent).toHaveLength(1);
  });

  test('of which the outbox knows nothing is a fault', async () => {
    await expect(deliverMail(world.ports)({ id: 'nothing', correlationId: 'c' })).rejects.toThrow(
      MailUnknown,
    );
  });

  test('logs one line each time, in which nothing of the mail stands', async () => {
    world.postman.faults.push(
      new MailRefused('canary refused'),
      new Error('canary\n    at canary (canary:1:1)'),
    );
    await world.deliver().catch(() => {});
    await world.deliver().catch(() => {});
    await world.deliver().catch(() => {});
    expect(world.lines.map(({ level, name }) => [level, name])).toEqual(
      Array.from({ length: 3 }, () => ['ERROR', 'mail not sent']),
    );
    expect(world.lines.every(({ details }) => 'correlationId' in details)).toBe(true);
    expect(JSON.stringify(world.lines)).not.toContain('canary');
  });
});

test('relaying announces mails and names by their place those that were not taken', async () => {
  const queue = new MemoryMailQueue();
  const lines: unknown[] = [];
  const relay = relayMails({ queue, log: (...line) => lines.push(line) });
  const mails = ['a', 'b', 'c', 'd'].map((id) => ({ id, correlationId: 'c-1' }));
  queue.refuses.add('b').add('d');
  expect(await relay(mails)).toEqual({ failed: [1, 3] });
  expect(queue.announced.map(({ id }) => id)).toEqual(['a', 'c']);
  queue.refuses.clear();
  expect(await relay(mails.slice(1, 2))).toEqual({ failed: [] });
  expect(await relay([])).toEqual({ failed: [] });
  expect(lines).toEqual([
    ['INFO', 'mail announced', { mail: 'a', correlationId: 'c-1' }],
    ['WARN', 'mail not announced', { mail: 'b', correlationId: 'c-1' }],
    ['INFO', 'mail announced', { mail: 'c', correlationId: 'c-1' }],
    ['WARN', 'mail not announced', { mail: 'd', correlationId: 'c-1' }],
    ['INFO', 'mail announced', { mail: 'b', correlationId: 'c-1' }],
  ]);
});
