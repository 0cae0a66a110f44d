import { readAssembly, type Stack } from './template/assembly.ts';
import type { Inventory } from './template/inventory.ts';
import { readBehaviours } from './template/read-distribution.ts';
import { readFunctions } from './template/read-functions.ts';
import { readApis } from './template/read-http-api.ts';
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
  const functions = readFunctions(resources, assembly);
  const apis = readApis(resources);
  const buckets = readBuckets(resources);
  return {
    region: regionOf(assembly.stacks),
    accountId: options.accountId,
    functions,
    apis,
    buckets,
    tables: readTables(resources),
    queues: readQueues(resources),
    ...readMappings(resources),
    schedules: readSchedules(resources),
    deployments: readDeployments(resources, assembly),
    behaviours: readBehaviours(resources, apis, buckets),
    configurationSets: resources.ofType('AWS::SES::ConfigurationSet').map(({ physicalName }) => physicalName),
  };
}

function regionOf(stacks: Stack[]): string {
  const regions = new Set(stacks.map(({ region }) => region));
  const [region] = regions;
  if (regions.size === 1 && region) return region;
  throw new Error(`A laptop is one region; the stacks are in ${[...regions].join(', ') || 'none'}.`);
}
