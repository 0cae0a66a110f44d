import type { EnginesView } from '../console.ts';
import type { Credentials } from '../engine.ts';
import type { MalwareSettings } from '../malware/find-scanner.ts';
import type { Scanner } from '../malware/scanner.ts';
import type { Inventory } from '../template/inventory.ts';
import type { Gates } from './start-gates.ts';

/** What `GET /engines` and endpoints.json say. */
export function describeEngines(options: {
  inventory: Inventory;
  gates: Gates;
  issuer: string;
  malware: string;
  operator: Credentials;
  namePrefix: string;
}): EnginesView {
  const { inventory, gates, issuer, malware, operator, namePrefix } = options;
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
    malware,
    issuer,
    region: inventory.region,
    accessKeyId: operator.accessKeyId,
    secretAccessKey: operator.secretAccessKey,
  };
}

/** What looks for malware in uploads, for people. */
export function describeScanner(
  { malwareScans }: Inventory,
  { silent }: MalwareSettings,
  { description }: Scanner,
): string {
  if (malwareScans.length === 0) return 'nothing: no bucket is to be scanned';
  return silent ? 'nothing: FOLKMOOT_MALWARE is silent, and no verdict ever comes' : description;
}

/** UploadsBucket is `uploads`. */
const bucketKey = (logicalId: string): string =>
  `${logicalId.charAt(0).toLowerCase()}${logicalId.slice(1).replace(/Bucket$/, '')}`;
