import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryDeliveries } from '#adapters/memory/deliveries.ts';
import { MemoryFacts } from '#adapters/memory/facts.ts';
import { MemoryMailQueue } from '#adapters/memory/mail-queue.ts';
import { MemoryOutbox } from '#adapters/memory/outbox.ts';
import { MemoryPostman } from '#adapters/memory/postman.ts';
import { DeliveryInDoubt, deliverMail, MailUnknown } from '#domain/mailings/deliver-mail.ts';
import { MailRefused } from '#domain/mailings/ports.ts';
import { relayMails } from '#domain/mailings/relay-mails.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { aMail } from '#test/support/stores/records.ts';

const WORDS = { subject: 'subject canary', text: 'text canary', html: '<p>html canary</p>' };

const open = async () => {
  const outbox = new MemoryOutbox();
  const deliveries = new MemoryDeliveries(outbox);
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
    expect(world.postman.sent).toEqual([{ mail: world.mail, words: WORDS }]);
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
