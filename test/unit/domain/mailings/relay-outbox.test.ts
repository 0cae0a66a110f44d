import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryMailQueue } from '#adapters/memory/mail-queue.ts';
import type { MailingQueue, MailingStep } from '#domain/mailings/mailing-ports.ts';
import { type Posted, relayOutbox } from '#domain/mailings/relay-outbox.ts';

type Announced = Pick<MailingStep, 'id' | 'mailing' | 'work' | 'correlationId'>;

let mails: MemoryMailQueue;
let steps: MailingQueue & { readonly announced: Announced[]; readonly refuses: Set<string> };
let lines: unknown[][];

beforeEach(() => {
  mails = new MemoryMailQueue();
  lines = [];
  const announced: Announced[] = [];
  const refuses = new Set<string>();
  steps = {
    announced,
    refuses,
    announce: async (asked) => {
      announced.push(...asked.filter(({ id }) => !refuses.has(id)));
      return { failed: asked.map(({ id }) => id).filter((id) => refuses.has(id)) };
    },
  };
});

const mail = (id: string): Posted => ({ kind: 'mail', id, correlationId: 'c-1' });
const step = (id: string): Posted => ({
  ...{ kind: 'mailing-step', id, mailing: 'm-1', work: { kind: 'send', shard: 3 }, correlationId: 'c-2' },
});
const relay = (...posted: readonly Posted[]) =>
  relayOutbox({ mailQueue: mails, mailingQueue: steps, log: (...line) => void lines.push(line) })(posted);

describe('relaying what follows from facts', () => {
  test('takes each to its own queue', async () => {
    expect(await relay(mail('a'), step('b'), mail('c'), step('d'))).toEqual({ failed: [] });
    expect(mails.announced.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(steps.announced).toMatchObject([
      { id: 'b', mailing: 'm-1', work: { kind: 'send', shard: 3 }, correlationId: 'c-2' },
      { id: 'd' },
    ]);
  });

  test('names what was not taken by its place among all, in order', async () => {
    steps.refuses.add('b').add('f');
    mails.refuses.add('e').add('a');
    expect(await relay(mail('a'), step('b'), mail('c'), step('d'), mail('e'), step('f'))).toEqual({
      failed: [0, 1, 4, 5],
    });
    expect(lines.filter(([level]) => level === 'WARN')).toHaveLength(4);
    expect(lines).toContainEqual([
      ...['WARN', 'mailing step not announced'],
      { mailing: 'm-1', step: 'b', correlationId: 'c-2' },
    ]);
  });

  test('asks nothing of a queue for which there is nothing', async () => {
    steps.announce = () => Promise.reject(new Error('asked'));
    expect(await relay(mail('a'))).toEqual({ failed: [] });
    expect(await relay()).toEqual({ failed: [] });
  });

  test('throws when a queue does not answer', async () => {
    steps.announce = () => Promise.reject(new Error('no answer'));
    await expect(relay(mail('a'), step('b'))).rejects.toThrow('no answer');
  });
});
