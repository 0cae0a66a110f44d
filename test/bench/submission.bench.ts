import { randomUUID } from 'node:crypto';
import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { changesOf } from '#adapters/dynamo/changes.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { systemReferences } from '#adapters/system/references.ts';
import { leaveSubmission } from '#domain/priorities/leave-submission.ts';
import type { Facts, Write } from '#domain/shared/facts.ts';
import { WARD } from '#test/support/stores/records.ts';
import { type Comparison, throughputOf } from './harness.ts';
import { openWorld, type World } from './world.ts';

const AT_ONCE = 8;
const COUNT = 300;

const TEXT =
  'Cars and mopeds race along the high street from about ten at night until two, mostly at weekends. ' +
  'People cannot sleep and crossing the road with children is dangerous. Could there be speed checks?';

const useCase = (world: World, facts: Facts) =>
  leaveSubmission({
    ...world.stores,
    facts,
    clock: systemClock,
    ids: systemIds,
    references: systemReferences,
    fallbackMailbox: 'contact@folkmoot.example',
  });

const leave = (world: World, facts: Facts) =>
  useCase(world, facts)(
    {
      area: WARD,
      supports: null,
      text: TEXT,
      category: 'road-safety',
      // Each from somebody else, as in life: one person's own would wait for each other.
      email: `${randomUUID()}@example.org`,
      channel: 'web',
    },
    { key: randomUUID(), actor: { kind: 'public' }, correlationId: randomUUID() },
  );

/** The items that a submission consists of, made beforehand so that the baseline does nothing but store them. */
const itemsOfSubmission = async (world: World): Promise<TransactWriteItem[]> => {
  let items: TransactWriteItem[] = [];
  const notebook: Facts = {
    commit: async (writes: readonly Write[]) => {
      items = writes.flatMap(changesOf).map((change) => change.describe(world.table.name));
      return { refused: null };
    },
  };
  await leave(world, notebook);
  return items;
};

const storeRaw = (world: World) => async (): Promise<number> => {
  const prepared = await Promise.all(Array.from({ length: COUNT }, () => itemsOfSubmission(world)));
  return throughputOf(
    (index) => world.client.send(new TransactWriteItemsCommand({ TransactItems: prepared[index] })),
    { count: COUNT, atOnce: AT_ONCE },
  );
};

const storeByUseCase = (world: World) => (): Promise<number> =>
  throughputOf(
    async () => {
      const left = await leave(world, world.stores.facts);
      if (!left.ok) throw new Error(left.error.name);
    },
    { count: COUNT, atOnce: AT_ONCE },
  );

export const comparisons: readonly Comparison[] = [
  {
    name: 'a submission',
    baseline: 'the same items by a raw TransactWriteItems, prepared beforehand, on the same engine',
    subject: 'leaveSubmission: area, wording, reference, mails, receipt, audit entry, one commit',
    unit: 'submissions/s',
    aim: { atLeast: 0.8 },
    rounds: { full: 15, short: 7 },
    prepare: async () => {
      const world = await openWorld();
      return { baseline: storeRaw(world), subject: storeByUseCase(world), close: world.close };
    },
  },
];
