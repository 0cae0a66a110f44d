import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '#adapters/dynamo/table.ts';
import type { StaffLimits } from '#domain/sessions/session.ts';
import type { Write } from '#domain/shared/facts.ts';
import { startTables } from '#infra/local/tables.ts';
import { connectTo, createTable, openDynamoStores } from '#test/support/stores/dynamo-stores.ts';
import { anArea, aPriority, BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { Stores } from '#test/support/stores/stores.ts';

/**
 * A table on the laptop's own engine, with one borough, some wards and some priorities of one of them, which have news
 * and supporters, so that a page shows dates and numbers. Everything talks to the engine directly: on the laptop,
 * calls of functions also pass the gate that signs and authorises them, which would be measured with both sides.
 */
export interface World {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  readonly table: Table;
  readonly stores: Stores;
  readonly folder: string;
  close(): Promise<void>;
}

const WARDS = 20;
const PRIORITIES = 8;

/** How long sessions of staff last in that world. */
export const sessionLimits: StaffLimits = { idleMinutes: 30, absoluteMinutes: 720, proofMinutes: 10 };

/** The settings of a function in that world, as the template would give them. */
export const environmentOf = ({ table }: World): Record<string, string> => ({
  TABLE_NAME: table.name,
  PUBLIC_URL: 'http://127.0.0.1:3000',
  SESSION: JSON.stringify(sessionLimits),
  LIMITS: JSON.stringify({
    postsPerMinute: 1_000_000,
    postsPerHour: 1_000_000,
    submissionsPerHour: 1_000_000,
    failedSignInsPerTenMinutes: 1_000_000,
    failedSignInsOfNetworkPerTenMinutes: 1_000_000,
    formSeconds: 0,
  }),
  SITE: JSON.stringify({
    organisation: 'An authority',
    service: 'Folkmoot',
    phase: 'live',
    contactEmail: 'contact@folkmoot.example',
    reportCrimeUrl: 'https://example.org/report',
  }),
});

/** A priority with an update, and with somebody behind it. */
function addPriority(stores: Stores, index: number): Write[] {
  const priority = aPriority({
    title: `Priority number ${index} of this ward`,
    updates: [{ at: '2026-07-01T09:30:00.000Z', text: 'We measure the speed of cars in the evening.' }],
  });
  return [stores.priorities.toAdd(priority), stores.supporters.toCount(WARD, priority.id, 1)];
}

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'folkmoot-bench-'));
  const engine = await startTables({
    dataDir: folder,
    tables: [],
    now: () => new Date(),
    onDeath: (cause) => console.error(cause),
  });
  const client = connectTo(engine.endpoint);
  const table = await createTable(client);
  const stores = openDynamoStores(table);
  const borough = anArea({ code: BOROUGH, name: 'Millshire', kind: 'borough', borough: null });
  const wards = Array.from({ length: WARDS }, (_, index) =>
    anArea({ code: `E050999${index + 10}`, name: `Ward ${index}` }),
  );
  await stores.areas.save([borough, ...wards, anArea()]);
  await stores.facts.commit(
    Array.from({ length: PRIORITIES }, (_, index) => addPriority(stores, index)).flat(),
  );
  return {
    endpoint: engine.endpoint,
    client,
    table,
    stores,
    folder,
    close: async () => {
      client.destroy();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What API Gateway hands over when somebody opens a page. */
export const openPage = (path: string): string =>
  JSON.stringify({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host: '127.0.0.1:3000' },
    requestContext: {
      requestId: 'bench',
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
    },
    isBase64Encoded: false,
  });

export const wardPath = `/areas/${WARD}`;

/** The first page on which a person leaves a priority of their own. */
export const formPath = `${wardPath}/priorities/new`;
