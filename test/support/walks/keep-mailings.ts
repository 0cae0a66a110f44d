import { connect, Table } from '#adapters/dynamo/table.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { DeliveryState } from '#domain/mailings/delivery.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { aMailing, aRecipient } from '../mailings/mailing-fakes.ts';
import { openDynamoStores } from '../stores/dynamo-stores.ts';
import { aMail } from '../stores/records.ts';
import type { Stores } from '../stores/stores.ts';
import { north, sampleton } from './places.ts';
import type { RunningLaptop } from './running-laptop.ts';

interface Engines {
  readonly dynamodb: { readonly endpoint: string; readonly table: string };
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a laptop keeps, to bring about at once what would take hundreds of people, and mails that fail. */
export async function openStores({ consoleUrl }: RunningLaptop): Promise<Stores> {
  const answer = await fetch(new URL('/engines', consoleUrl));
  const { dynamodb, region, accessKeyId, secretAccessKey } = (await answer.json()) as Engines;
  const credentials = { accessKeyId, secretAccessKey };
  return openDynamoStores(
    new Table(dynamodb.table, connect({ endpoint: dynamodb.endpoint, region, credentials })),
  );
}

const now = () => new Date().toISOString();

/** How many recipients are in each state. */
export type Recipients = Readonly<Partial<Record<DeliveryState, number>>>;

const enter = async ({ ledger, rows, facts }: Stores, mailing: string, recipients: Recipients) => {
  const area = { code: north.code, name: north.name };
  for (const [state, count = 0] of Object.entries(recipients) as [DeliveryState, number][]) {
    for (let number = 0; number < count; number += 1) {
      const key = systemIds.next().replaceAll('-', '').split('').reverse().join('');
      const email = `resident-with-a-rather-long-address-${number}@neighbourhood.example.org`;
      await ledger.enter(mailing, [{ ...aRecipient({ email, area }), key }], now());
      const found = { state: 'waiting', mailing } as const;
      await facts.commit([rows.toMove(`${mailing}.${key}`, found, state, now())]);
    }
  }
};

/** Keeps a mailing as it is wanted, with its recipients; gives the address of its page. */
export async function keepMailing(
  laptop: RunningLaptop,
  changes: Partial<Mailing>,
  recipients: Recipients = {},
): Promise<string> {
  const stores = await openStores(laptop);
  const audience = { kind: 'wrote' as const, areas: [sampleton.code] };
  const mailing = aMailing({ id: systemIds.next(), audience, createdAt: now(), ...changes });
  await stores.facts.commit([stores.mailings.toAdd(mailing)]);
  await enter(stores, mailing.id, recipients);
  return `/staff/mailings/${mailing.id}`;
}

/** Keeps a mail to an address that must not be written to. */
export async function keepTroubledMail(laptop: RunningLaptop): Promise<void> {
  const { facts, outbox, suppressions, deliveries, keyOfRecipient } = await openStores(laptop);
  const to = `gone-${systemIds.next()}@example.org`;
  const mail = aMail({ id: systemIds.next(), to, postedAt: now() });
  const recipient = keyOfRecipient(to);
  await facts.commit([suppressions.toSuppress(recipient, 'bounced', now())]);
  await facts.commit([outbox.toPost(mail)]);
  // As the worker will, who may be faster.
  await deliveries.claim({ id: mail.id, recipient, essential: true }, now());
}
