import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAudiences } from '#adapters/dynamo/audiences.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoContacts } from '#adapters/dynamo/contacts.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoHeldMailings } from '#adapters/dynamo/held-mailings.ts';
import { keyOfRecipient, keys } from '#adapters/dynamo/keys.ts';
import { DynamoLedger } from '#adapters/dynamo/ledger.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoMailingSteps } from '#adapters/dynamo/mailing-work.ts';
import { DynamoMailings } from '#adapters/dynamo/mailings.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoSuppressions } from '#adapters/dynamo/suppressions.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { mailingDeeds } from '#domain/mailings/deeds.ts';
import type { Delivery } from '#domain/mailings/delivery.ts';
import { SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { LaptopClient } from '#test/support/laptop.ts';

interface Engines {
  readonly dynamodb: { readonly endpoint: string; readonly table: string };
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

async function* readRows(table: Table, mailing: Id) {
  for (let shard = 0; shard < SHARDS_OF_MAILING; shard += 1)
    yield* table.query({ partition: keys.deliveriesOf(mailing, shard) });
}

/** What a laptop stores of mailings, with the operator's rights; `clock` is where the laptop's stands. */
export async function openMailStores({ console }: Pick<LaptopClient, 'console'>, clock: Clock) {
  const { dynamodb, region, ...credentials } = await console<Engines>('/engines');
  const table = new Table(dynamodb.table, connect({ endpoint: dynamodb.endpoint, region, credentials }));
  const areas = new DynamoAreas(table);
  const mailings = new DynamoMailings(table);
  const ledger = new DynamoLedger(table, randomBelow);
  const facts = new DynamoFacts(table);
  const audiences = new DynamoAudiences(table, areas, clock);
  const deeds = mailingDeeds({
    ...{ mailings, audiences, areas, facts, clock, ids, keyOfRecipient },
    steps: new DynamoMailingSteps(),
    outbox: new DynamoOutbox(table),
    mailTokens: new DynamoMailTokens(table, clock, ids),
    audit: new DynamoAuditTrail(table),
    // As the stage of the laptop has it: the workers ask for approval, too.
    approvalAbove: 500,
  });
  return {
    ...{ table, areas, mailings, ledger, facts, deeds, keyOfRecipient },
    contacts: new DynamoContacts(),
    suppressions: new DynamoSuppressions(table),
    held: new DynamoHeldMailings(table),
    /** Every row of a mailing, as it is stored. */
    rowsOf: async (mailing: Id): Promise<Map<string, Delivery['state']>> => {
      const rows = new Map<string, Delivery['state']>();
      for await (const item of readRows(table, mailing))
        rows.set(String(item.email), item.delivery as Delivery['state']);
      return rows;
    },
    /** How often each row was handed to the mail service. */
    attemptsOf: async (mailing: Id): Promise<readonly number[]> => {
      const attempts: number[] = [];
      for await (const item of readRows(table, mailing)) attempts.push(Number(item.attempt));
      return attempts;
    },
  };
}
export type MailStores = Awaited<ReturnType<typeof openMailStores>>;
