import type { EnginesView } from '../console.ts';
import type { Credentials } from '../engine.ts';
import type { Inventory } from '../template/inventory.ts';
import type { Gates } from './start-gates.ts';

/** What `GET /engines` and endpoints.json say. */
export function describeEngines(options: {
  inventory: Inventory;
  gates: Gates;
  issuer: string;
  operator: Credentials;
  namePrefix: string;
}): EnginesView {
  const { inventory, gates, issuer, operator, namePrefix } = options;
  const shortName = (name: string) => (name.startsWith(namePrefix) ? name.slice(namePrefix.length) : name);
  return {
    dynamodb: { endpoint: gates.dynamodb, table: inventory.tables[0]?.name ?? '' },
    s3: {
      endpoint: gates.s3,
      buckets: Object.fromEntries(
        inventory.buckets.map(({ logicalId, name }) => [bucketKey(logicalId), name]),
      ),
    },
    sqs: {
      endpoint: gates.sqs,
      queues: Object.fromEntries(
        inventory.queues.map(({ name }) => [shortName(name), `${gates.sqs}/${inventory.accountId}/${name}`]),
      ),
    },
    ses: { endpoint: gates.ses, configurationSets: inventory.configurationSets },
    issuer,
    region: inventory.region,
    accessKeyId: operator.accessKeyId,
    secretAccessKey: operator.secretAccessKey,
  };
}

/** UploadsBucket is `uploads`. */
const bucketKey = (logicalId: string): string =>
  `${logicalId.charAt(0).toLowerCase()}${logicalId.slice(1).replace(/Bucket$/, '')}`;
