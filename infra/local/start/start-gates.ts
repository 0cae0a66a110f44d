import type { Engine } from '../engine.ts';
import { startBucketGate } from '../gate/bucket-gate.ts';
import { dynamoDbProtocol } from '../gate/dynamodb-protocol.ts';
import { type GateOptions, startGate } from '../gate/gate.ts';
import { sesProtocol } from '../gate/ses-protocol.ts';
import { sqsProtocol } from '../gate/sqs-protocol.ts';
import type { Inventory } from '../template/inventory.ts';
import type { Engines } from './start-engines.ts';

/** Where functions, the operator's tools and everybody else find the engines: behind a gate each. */
export interface Gates {
  dynamodb: string;
  s3: string;
  sqs: string;
  ses: string;
  close(): Promise<void>;
}

export async function startGates(
  engines: Engines,
  inventory: Inventory,
  options: Omit<GateOptions, 'region'>,
): Promise<Gates> {
  const { region } = inventory;
  const settings = { ...options, region };
  const started = await Promise.all([
    startGate(dynamoDbProtocol(tableArns(inventory)), engines.tables.endpoint, settings),
    startBucketGate(engines.buckets.endpoint, settings),
    startGate(sqsProtocol(queueArn(inventory), inventory.accountId), engines.queues.endpoint, settings),
    startGate(sesProtocol(mailArns(inventory)), engines.mail.endpoint, settings),
  ]);
  const [dynamodb, s3, sqs, ses] = started.map(({ endpoint }) => endpoint) as [
    string,
    string,
    string,
    string,
  ];
  return { dynamodb, s3, sqs, ses, close: () => closeAll(started) };
}

async function closeAll(started: Engine[]): Promise<void> {
  await Promise.all(started.map((gate) => gate.close()));
}

/** Of tables that the template does not have, too: a policy may name them, and the engine says that there are none. */
function tableArns({ region, accountId, tables }: Inventory) {
  const tableArn = (name: string) => {
    const known = tables.find((table) => table.name === name || table.arn === name);
    return known?.arn ?? `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
  };
  return {
    tableArn,
    partitionKeyOf: (name: string, index: string) => {
      const known = tables.find((table) => table.name === name || table.arn === name);
      const keys = index
        ? known?.indexes.find(({ IndexName }) => IndexName === index)?.KeySchema
        : known?.keySchema;
      return keys?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
    },
    streamArn: (own: string) => {
      const name = /:table\/([^/]+)\/stream\//.exec(own)?.[1];
      return name === undefined ? own : `${tableArn(name)}/stream/laptop`;
    },
  };
}

const queueArn =
  ({ region, accountId }: Inventory) =>
  (name: string): string =>
    `arn:aws:sqs:${region}:${accountId}:${name}`;

function mailArns({ region, accountId, identities }: Inventory) {
  const arn = (resource: string) => `arn:aws:ses:${region}:${accountId}:${resource}`;
  return {
    identityArn: (name: string) => arn(`identity/${name}`),
    configurationSetArn: (name: string) => arn(`configuration-set/${name}`),
    identities: identities.map(({ name }) => name),
  };
}
