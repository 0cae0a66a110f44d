import { readAssembly, type Stack } from './template/assembly.ts';
import type { Inventory, MailIdentity } from './template/inventory.ts';
import type { Place } from './template/place.ts';
import { readBehaviours } from './template/read-distribution.ts';
import { readEventRules, readMailDestinations } from './template/read-event-rules.ts';
import { readFunctions } from './template/read-functions.ts';
import { readApis } from './template/read-http-api.ts';
import { readKeys } from './template/read-keys.ts';
import { readMalwareScans } from './template/read-malware-scans.ts';
import { readMappings } from './template/read-mappings.ts';
import { readSchedules } from './template/read-schedules.ts';
import { readBuckets, readDeployments, readQueues, readTables } from './template/read-stores.ts';
import { resolveAssembly } from './template/resolve.ts';
import { Resources } from './template/resources.ts';

export type * from './template/inventory.ts';
export { TemplateError } from './template/template-error.ts';

export interface InventoryOptions {
  accountId: string;
  /** The address at which a queue will be found. */
  queueUrl: (queueName: string) => string;
  /** Left out of the names by which people know functions and schedules: `folkmoot-laptop-`. */
  namePrefix: string;
}

/**
 * Reads a cloud assembly into what the laptop has to run. Throws a TemplateError, which names the stack and the
 * logical id, for anything that it does not know or cannot resolve.
 */
export function readInventory(folder: string, options: InventoryOptions): Inventory {
  const assembly = readAssembly(folder);
  const resources = new Resources(resolveAssembly(assembly, options), options.namePrefix);
  const region = regionOf(assembly.stacks);
  const place = { region, accountId: options.accountId };
  const functions = readFunctions(resources, assembly, place);
  const apis = readApis(resources, place);
  const buckets = readBuckets(resources);
  return {
    ...place,
    functions,
    apis,
    buckets,
    tables: readTables(resources),
    queues: readQueues(resources),
    ...readMappings(resources),
    schedules: readSchedules(resources, place),
    eventRules: readEventRules(resources),
    malwareScans: readMalwareScans(resources),
    deployments: readDeployments(resources, assembly),
    behaviours: readBehaviours(resources, { apis, buckets, accountId: place.accountId }),
    configurationSets: resources.ofType('AWS::SES::ConfigurationSet').map(({ physicalName }) => physicalName),
    mailDestinations: readMailDestinations(resources),
    identities: readIdentities(resources, place),
    keys: readKeys(resources),
  };
}

function readIdentities(resources: Resources, place: Place): MailIdentity[] {
  return resources.ofType('AWS::SES::EmailIdentity').map(({ physicalName: name }) => ({
    name,
    arn: `arn:aws:ses:${place.region}:${place.accountId}:identity/${name}`,
  }));
}

function regionOf(stacks: Stack[]): string {
  const regions = new Set(stacks.map(({ region }) => region));
  const [region] = regions;
  if (regions.size === 1 && region) return region;
  throw new Error(`A laptop is one region; the stacks are in ${[...regions].join(', ') || 'none'}.`);
}
