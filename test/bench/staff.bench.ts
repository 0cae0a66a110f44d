import { randomUUID } from 'node:crypto';
import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { changesOf } from '#adapters/dynamo/changes.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { openSession } from '#domain/sessions/open-session.ts';
import type { Facts, Write } from '#domain/shared/facts.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { may } from '#domain/staff/may.ts';
import { staffActions } from '#domain/staff/policy.ts';
import type { ProvenIdentity } from '#domain/staff/ports.ts';
import { admitStaff } from '#domain/staff/sign-in.ts';
import { roleSchema } from '#domain/staff/staff.ts';
import { anAccount, aUnit, BOROUGH, WARD } from '#test/support/stores/records.ts';
import { type Comparison, throughputOf, timeOf } from './harness.ts';
import { openWorld, type World } from './world.ts';

/** The short form takes four samples: a thousand sign-ins. */
const SIGN_INS = 250;
const AT_ONCE = 8;

const PERSON: ProvenIdentity = {
  issuer: 'https://issuer.example.org',
  subject: 'a-subject',
  email: anAccount().email,
  emailVerified: true,
  provenAt: systemClock.now(),
  groups: [],
};

const openPeople = async (): Promise<World> => {
  const world = await openWorld();
  const { facts, staff, units } = world.stores;
  const { issuer, subject } = PERSON;
  await facts.commit([units.toAdd(aUnit()), staff.toAdd(anAccount({ identity: { issuer, subject } }))]);
  return world;
};

const signIn = async (world: World, facts: Facts): Promise<void> => {
  const ports = { ...world.stores, facts, clock: systemClock, ids: systemIds, groupRoles: {} };
  const correlationId = randomUUID();
  const admitted = await admitStaff(ports)(PERSON, correlationId);
  if (!admitted.ok) throw new Error(admitted.error.name);
  const device = { browser: 'Firefox', system: 'Windows' };
  await openSession(ports)({ actor: admitted.value, identity: PERSON, device, correlationId });
};

/** The items of a sign-in, made beforehand so that the baseline does nothing but store them. */
const itemsOfSignIn = async (world: World): Promise<TransactWriteItem[]> => {
  let items: TransactWriteItem[] = [];
  await signIn(world, {
    commit: async (writes: readonly Write[]) => {
      items = writes.flatMap(changesOf).map((change) => change.describe(world.table.name));
      return { refused: null };
    },
  });
  return items;
};

const storeRaw = (world: World) => async (): Promise<number> => {
  const prepared = await Promise.all(Array.from({ length: SIGN_INS }, () => itemsOfSignIn(world)));
  return throughputOf(
    (index) => world.client.send(new TransactWriteItemsCommand({ TransactItems: prepared[index] })),
    { count: SIGN_INS, atOnce: AT_ONCE },
  );
};

const DECISIONS = 10_000;
/** One pass takes some milliseconds, in which anything may come between. */
const PASSES = 10;
/** "Microseconds": a page takes some dozens of decisions. */
const MOST_MICROSECONDS = 5;

/** Somebody of every role, in a unit that covers a borough. */
const actors: readonly Actor[] = roleSchema.options.map((role) => ({
  email: `${role}@folkmoot.example`,
  post: role,
  roles: [role],
  unit: { id: 'millbrook-team', name: 'Millbrook team' },
  areas: [BOROUGH],
}));

const resources = [
  { area: WARD, borough: BOROUGH },
  { area: 'E05099999', borough: 'E09000998' },
  { owner: 'practitioner@folkmoot.example' },
];

const questions = Array.from({ length: DECISIONS }, (_, index) => ({
  actor: actors[index % actors.length] as Actor,
  action: staffActions[index % staffActions.length] as (typeof staffActions)[number],
  resource: resources[index % resources.length],
}));

const microsecondsEach = async (work: () => void): Promise<number> => {
  const milliseconds = await timeOf(async () => {
    for (let pass = 0; pass < PASSES; pass += 1) work();
  });
  return (milliseconds * 1_000) / (DECISIONS * PASSES);
};

const decide = (): void => {
  let allowed = 0;
  for (const { actor, action, resource } of questions) if (may(actor, action, resource)) allowed += 1;
  if (allowed === 0 || allowed === DECISIONS) throw new Error('The policy allows all or nothing');
};

const ACCOUNT = JSON.stringify(anAccount());

const parseAccounts = (): void => {
  for (let count = 0; count < DECISIONS; count += 1) JSON.parse(ACCOUNT);
};

export const comparisons: readonly Comparison[] = [
  {
    name: 'a sign-in',
    baseline: 'the items of a sign-in by a raw TransactWriteItems, prepared beforehand, on the same engine',
    subject: 'admitStaff and openSession: account, unit, session, pointer and audit entry',
    unit: 'sign-ins/s',
    aim: { atLeast: 0.4 },
    rounds: { full: 15, short: 4 },
    prepare: async () => {
      const world = await openPeople();
      return {
        baseline: storeRaw(world),
        subject: () =>
          throughputOf(() => signIn(world, world.stores.facts), { count: SIGN_INS, atOnce: AT_ONCE }),
        close: world.close,
      };
    },
  },
  {
    name: 'a decision of the policy',
    baseline: 'JSON.parse of one account of staff',
    subject: 'may(): one of 10,000 decisions for every role, action and scope',
    unit: 'µs',
    aim: { atMost: MOST_MICROSECONDS, ofSubject: true, binding: true },
    rounds: { full: 31, short: 15 },
    warmUps: 5,
    prepare: async () => ({
      baseline: () => microsecondsEach(parseAccounts),
      subject: () => microsecondsEach(decide),
    }),
  },
];
