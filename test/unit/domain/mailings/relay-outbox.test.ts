import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryMailQueue } from '#adapters/memory/mail-queue.ts';
import type { DocumentQueue } from '#domain/documents/ports.ts';
import type { MailingQueue, MailingStep } from '#domain/mailings/mailing-ports.ts';
import { type Posted, relayOutbox } from '#domain/mailings/relay-outbox.ts';

type Announced = Pick<MailingStep, 'id' | 'mailing' | 'work' | 'correlationId'>;

let mails: MemoryMailQueue;
let steps: MailingQueue & { readonly announced: Announced[]; readonly refuses: Set<string> };
let changes: DocumentQueue & { readonly announced: string[]; readonly refuses: Set<string> };
let lines: unknown[][];

/** A queue that remembers what it was given, but for what it refuses. */
const queue = <Given extends { readonly id: string }, Kept>(keep: (one: Given) => Kept) => {
  const announced: Kept[] = [];
  const refuses = new Set<string>();
  return {
    announced,
    refuses,
    announce: async (asked: readonly Given[]) => {
      announced.push(...asked.filter(({ id }) => !refuses.has(id)).map(keep));
      return { failed: asked.map(({ id }) => id).filter((id) => refuses.has(id)) };
    },
  };
};

beforeEach(() => {
  mails = new MemoryMailQueue();
  lines = [];
  steps = queue<Announced, Announced>((one) => one);
  changes = queue<{ readonly id: string }, string>(({ id }) => id);
});

const change = (id: string): Posted => ({
  ...{ kind: 'document-change', id, document: 'd-1', correlationId: 'c-3' },
});
const mail = (id: string): Posted => ({ kind: 'mail', id, correlationId: 'c-1' });
const step = (id: string): Posted => ({
  ...{ kind: 'mailing-step', id, mailing: 'm-1', work: { kind: 'send', shard: 3 }, correlationId: 'c-2' },
});
const relay = (...posted: readonly Posted[]) =>
  relayOutbox({
    ...{ mailQueue: mails, mailingQueue: steps, documentQueue: changes },
    log: (...line) => void lines.push(line),
  })(posted);

describe('relaying what follows from facts', () => {
  test('takes each to its own queue', async () => {
    expect(await relay(mail('a'), step('b'), mail('c'), step('d'), change('e'))).toEqual({ failed: [] });
    expect(mails.announced.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(changes.announced).toEqual(['e']);
    expect(steps.announced).toMatchObject([
      { id: 'b', mailing: 'm-1', work: { kind: 'send', shard: 3 }, correlationId: 'c-2' },
      { id: 'd' },
    ]);
  });

  test('names what was not taken by its place among all, in order', async () => {
    steps.refuses.add('b').add('f');
    mails.refuses.add('e').add('a');
    changes.refuses.add('g');
    expect(
      await relay(mail('a'), step('b'), mail('c'), step('d'), mail('e'), step('f'), change('g')),
    ).toEqual({
      failed: [0, 1, 4, 5, 6],
    });
    expect(lines.filter(([level]) => level === 'WARN')).toHaveLength(5);
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
