import type { Now } from '../engine.ts';
import type { Inventory } from '../template/inventory.ts';
import type { Access, Caller } from './access.ts';
import type { AccessRequest, Principal } from './access-request.ts';
import { decide, explainRefusal } from './decide.ts';
import { kmsAccesses } from './kms.ts';
import type { PolicyStatement } from './statement.ts';
import type { UsageRecorder } from './usage.ts';

/** Says what the template lets somebody do. */
export interface Guard {
  /** AWS's sentence about the first of these that the caller may not do; undefined when all are allowed. */
  check(caller: Caller, accesses: readonly Access[]): string | undefined;
}

export interface GuardOptions {
  inventory: Inventory;
  usage: UsageRecorder;
  now: Now;
  /** Told once of everything that a function or a schedule may not do and wanted to do. */
  onRefusal?: (sentence: string) => void;
}

/** An administrator of the account: everything is allowed to him that no resource forbids. */
const everything: PolicyStatement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

export function openGuard({ inventory, usage, now, onRefusal = () => {} }: GuardOptions): Guard {
  const told = new Set<string>();
  const tell = (sentence: string): string => {
    if (!told.has(sentence)) onRefusal(sentence);
    told.add(sentence);
    return sentence;
  };
  const policiesOn = resourcePolicies(inventory);
  const keyOf = encryptionKeys(inventory);
  const checkOne = (identity: Identity, { action, resource, context = {} }: Access): string | undefined => {
    const request: AccessRequest = {
      principal: identity.principal,
      action,
      resource,
      context: { ...globalContext(inventory, now()), ...identity.context, ...context },
    };
    const decision = decide(request, { identity: identity.policies, resource: policiesOn(resource) });
    if (identity.function !== undefined) {
      const outcome = decision.allowed ? 'allowed' : 'refused';
      usage.note({ function: identity.function, action, resource, outcome });
    }
    return decision.allowed ? undefined : tell(explainRefusal(request, decision));
  };
  return {
    check: (caller, accesses) => {
      const identity = identify(inventory, caller);
      for (const access of accesses) {
        const key = keyOf(access.resource);
        const needed = key === undefined ? [access] : [access, ...kmsAccesses(access, key, inventory.region)];
        for (const one of needed) {
          const refusal = checkOne(identity, one);
          if (refusal !== undefined) return refusal;
        }
      }
      return undefined;
    },
  };
}

interface Identity {
  principal: Principal;
  policies: readonly PolicyStatement[];
  context: Readonly<Record<string, readonly string[]>>;
  /** Whose use of permissions is noted. */
  function?: string;
}

function identify(inventory: Inventory, caller: Caller): Identity {
  const { accountId } = inventory;
  switch (caller.kind) {
    case 'operator': {
      const arn = `arn:aws:iam::${accountId}:user/operator`;
      return { principal: { kind: 'user', arn, account: accountId }, policies: everything, context: {} };
    }
    case 'service':
      return {
        principal: { kind: 'service', service: caller.service },
        policies: [],
        context: caller.context ?? {},
      };
    case 'function': {
      const found = inventory.functions.find(({ name }) => name === caller.name);
      if (!found) throw new Error(`There is no function "${caller.name}".`);
      const principal = assumedRole(found.roleArn, found.physicalName, accountId);
      return { principal, policies: found.policies, context: {}, function: caller.name };
    }
    case 'malware-scan': {
      const role = inventory.malwareScans.find(({ id }) => id === caller.name)?.role;
      if (!role) throw new Error(`There is no malware protection plan "${caller.name}".`);
      const principal = assumedRole(role.arn, 'guardduty', accountId);
      return { principal, policies: role.policies, context: {} };
    }
    case 'schedule': {
      const role = inventory.schedules.find(({ name }) => name === caller.name)?.role;
      if (!role) throw new Error(`There is no schedule "${caller.name}".`);
      return {
        principal: assumedRole(role.arn, 'scheduler', accountId),
        policies: role.policies,
        context: {},
      };
    }
  }
}

function assumedRole(arn: string, session: string, account: string): Principal {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return { kind: 'role', arn, session: `arn:aws:sts::${account}:assumed-role/${name}/${session}`, account };
}

/**
 * What is true of every call on a laptop. Calls do not leave the machine, so the loopback interface stands for TLS
 * here: in AWS every SDK uses it.
 */
function globalContext({ region, accountId }: Inventory, now: Date): Record<string, string[]> {
  return {
    'aws:SecureTransport': ['true'],
    's3:TlsVersion': ['1.3'],
    'aws:RequestedRegion': [region],
    'aws:ResourceAccount': [accountId],
    'aws:CurrentTime': [now.toISOString()],
    'aws:EpochTime': [String(Math.floor(now.getTime() / 1000))],
    'aws:ViaAWSService': ['false'],
  };
}

/** The policy of the thing itself, if it has one: of a queue, a bucket and its objects, a key, a function. */
function resourcePolicies(inventory: Inventory): (arn: string) => readonly PolicyStatement[] {
  const policies = new Map<string, readonly PolicyStatement[]>([
    ...inventory.queues.map(({ arn, policies }) => [arn, policies] as const),
    ...inventory.buckets.map(({ name, policies }) => [`arn:aws:s3:::${name}`, policies] as const),
    ...inventory.keys.map(({ arn, policies }) => [arn, policies] as const),
    ...inventory.functions.map(({ arn, invokedBy }) => [arn, invokedBy] as const),
  ]);
  return (arn) => policies.get(wholeOf(arn)) ?? [];
}

/** The customer's key with which a thing is encrypted; undefined for what AWS encrypts with a key of its own. */
function encryptionKeys(inventory: Inventory): (arn: string) => string | undefined {
  const keys = new Map<string, string | undefined>([
    ...inventory.tables.map(({ arn, encryptionKey }) => [arn, encryptionKey] as const),
    ...inventory.queues.map(({ arn, encryptionKey }) => [arn, encryptionKey] as const),
    ...inventory.buckets.map(({ name, encryptionKey }) => [`arn:aws:s3:::${name}`, encryptionKey] as const),
  ]);
  return (arn) => keys.get(wholeOf(arn));
}

/** The bucket of an object, the table of an index, otherwise the thing itself. */
function wholeOf(arn: string): string {
  const [bucket = arn] = arn.split('/', 1);
  if (bucket.startsWith('arn:aws:s3:::')) return bucket;
  return arn.replace(/^(arn:[^:]*:dynamodb:[^/]*\/[^/]*)\/.*$/, '$1');
}
