import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { startConsole } from './console.ts';
import { demonstrationAccounts } from './demonstration-accounts.ts';
import type { Engine } from './engine.ts';
import { openEventBus } from './events/event-bus.ts';
import type { EventSource, SendMessage } from './events/event-source.ts';
import { countDeliveries, settle } from './events/settle.ts';
import { openCallLog } from './faults/call-log.ts';
import { openFaults } from './faults/open-faults.ts';
import { callerOf } from './gate/gate.ts';
import { startFrontDoor } from './http.ts';
import { startIdentity } from './identity.ts';
import { type CredentialStore, OPERATOR, openCredentials } from './invoke/credentials.ts';
import { type Runner, startRunner } from './invoke.ts';
import type { MailLimits } from './mail.ts';
import { defaultMalware, findScanner, type MalwareSettings } from './malware/find-scanner.ts';
import { scanObjects } from './malware/scan-objects.ts';
import { type Guard, openGuard } from './permissions/guard.ts';
import { openUsage } from './permissions/usage.ts';
import { type Schedules, startSchedules } from './schedules.ts';
import { checkDeployment } from './start/check-deployment.ts';
import { describeEngines, describeScanner } from './start/describe-engines.ts';
import { openDoorPermissions } from './start/door-permissions.ts';
import { openScheduledInvocations } from './start/invoke-scheduled.ts';
import { seedOnce } from './start/seed-once.ts';
import { type Engines, startEngines } from './start/start-engines.ts';
import { messageSender, startEventSources } from './start/start-event-sources.ts';
import { type Gates, startGates } from './start/start-gates.ts';
import { withoutLimits } from './start/without-limits.ts';
import { openStateFile } from './state-file.ts';
import { type Inventory, readInventory } from './template.ts';

export interface LaptopOptions {
  /** The synthesized app. */
  cloudAssembly: string;
  dataDir: string;
  port: number;
  consolePort: number;
  publicUrl: string;
  issuer: string;
  oidcClientId: string;
  clock: Clock;
  throttled: boolean;
  /** How much mail SES takes; left out, as much as the mail engine thinks fit. */
  mailLimits?: MailLimits;
  /** How malware is looked for; left out, with what ClamAV is installed. */
  malware?: MalwareSettings;
  /** Left out of the names of functions, schedules and queues. */
  namePrefix: string;
  /** Where it is noted what functions did with their permissions; undefined: nowhere. */
  usageDir?: string | undefined;
  /** Fills an empty store; runs when the engines are there and nothing else is yet. False when it failed. */
  seed?: () => Promise<boolean>;
  onDeath: (cause: string) => void;
}

export interface Laptop {
  readonly publicUrl: string;
  readonly consoleUrl: string;
  /** For people: what looks for malware in uploads. */
  readonly malwareScanner: string;
  /** Answers what is in flight, then ends everything. */
  close(): Promise<void>;
}

/** Nobody has an account here; it has the form of an account's number. */
const ACCOUNT_ID = '000000000000';
const SETTLE_LIMIT_MS = 30_000;

/**
 * Starts everything that the template describes on this machine: console, engines, functions, event sources,
 * schedules, and at last the front door. What was started is ended again when a later part fails.
 */
export async function startLaptop(options: LaptopOptions): Promise<Laptop> {
  const started: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const part of started.toReversed()) await part.close();
    rmSync(endpointsFile(options), { force: true });
  };
  let malwareScanner: string;
  try {
    malwareScanner = await startParts(options, (part) => {
      started.push(part);
      return part;
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { publicUrl: options.publicUrl, consoleUrl: consoleUrlOf(options), malwareScanner, close };
}

type Keep = <T extends { close(): Promise<void> }>(part: T) => T;

/** Gives what looks for malware. */
async function startParts(options: LaptopOptions, keep: Keep): Promise<string> {
  const { dataDir, clock } = options;
  const credentials = openCredentials(join(dataDir, 'credentials.json'));
  const console = keep(await startConsole({ port: options.consolePort, issuer: options.issuer }));
  const template = readTemplate(options);
  const guard = openGuard({
    inventory: template,
    usage: openUsage(options.usageDir),
    now: clock.now,
    onRefusal: (sentence) => globalThis.console.error(`refused  ${sentence}`),
  });
  const engines = keep(
    await startEngines({
      inventory: template,
      dataDir,
      clock,
      credentials,
      refusalOf: (accessKeyId, accesses) => guard.check(callerOf(credentials, accessKeyId), accesses),
      mailLimits: options.mailLimits,
      onDeath: options.onDeath,
    }),
  );
  const [faults, calls] = [openFaults(), openCallLog()];
  let runner: Runner | undefined;
  const gates = keep(
    await startGates(engines, template, {
      ...{ credentials, guard, faults, calls, now: clock.now },
      kill: (name, traceId) => runner?.killProcess(name, traceId),
    }),
  );
  // Once more, now that the queues have addresses.
  const inventory = readTemplate(options, (name) => `${gates.sqs}/${ACCOUNT_ID}/${name}`);
  checkDeployment(inventory, guard);
  const malware = options.malware ?? defaultMalware;
  const scanner = await findScanner(malware);
  const views = describeEngines({
    malware: describeScanner(inventory, malware, scanner),
    inventory,
    gates,
    issuer: options.issuer,
    operator: credentials.of(OPERATOR),
    namePrefix: options.namePrefix,
  });
  writeEndpoints(options, views);
  if (options.seed) await seedOnce(options.dataDir, engines.tables.isEmpty, options.seed);

  runner = keep(await startFunctions(options, { inventory, gates, credentials, guard }));
  const sendMessage = messageSender(engines);
  const { region, accountId, eventRules: rules } = inventory;
  const put = openEventBus({ rules, region, accountId, sendMessage });
  const { invoke, delivered } = countDeliveries(runner.invoke);
  const sources = [
    engines.mail.tellEvents(put),
    engines.buckets.tellEvents(put),
    scanObjects({
      ...{ scans: inventory.malwareScans, buckets: engines.buckets, guard, put, now: clock.now },
      scanner: malware.silent ? undefined : scanner,
    }),
    ...startEventSources({ inventory, engines, dataDir, invoke, sendMessage, faults }),
  ];
  for (const source of sources) keep(source);
  const schedules = keep(
    startTimetable(options, { inventory, runner, sendMessage, engines, sources, delivered, guard }),
  );
  const identity = keep(await startIssuer(options));
  console.open(
    {
      publicUrl: options.publicUrl,
      issuer: options.issuer,
      accounts: demonstrationAccounts,
      mailbox: engines.mail,
      clock,
      schedules,
      runner,
      engines: views,
      faults,
      calls,
      credentialsOf: (name) => runner.credentialsOf(name),
    },
    identity,
  );
  keep(await openDoor(options, { inventory, runner, guard, engines }));
  return views.malware;
}

function readTemplate(
  { cloudAssembly, namePrefix }: LaptopOptions,
  queueUrl: (name: string) => string = (name) => `http://queues.invalid/${ACCOUNT_ID}/${name}`,
): Inventory {
  return readInventory(cloudAssembly, { accountId: ACCOUNT_ID, namePrefix, queueUrl });
}

interface Parts {
  inventory: Inventory;
  engines: Engines;
  gates: Gates;
  guard: Guard;
  credentials: CredentialStore;
  runner: Runner;
  sendMessage: SendMessage;
  sources: EventSource[];
  /** How many events have been handed to functions so far. */
  delivered: () => number;
}

function startFunctions(
  { dataDir, clock, throttled }: LaptopOptions,
  { inventory, gates, credentials, guard }: Pick<Parts, 'inventory' | 'gates' | 'credentials' | 'guard'>,
): Promise<Runner> {
  return startRunner({
    functions: throttled ? inventory.functions : withoutLimits(inventory.functions),
    region: inventory.region,
    accountId: inventory.accountId,
    endpoints: { dynamodb: gates.dynamodb, s3: gates.s3, sqs: gates.sqs, ses: gates.ses },
    credentials,
    clock,
    logDir: join(dataDir, 'logs'),
    mayLog: (name) => {
      const group = inventory.functions.find((candidate) => candidate.name === name)?.logGroupArn;
      const resource = `${group}:log-stream:laptop`;
      const accesses = ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource }));
      return guard.check({ kind: 'function', name }, accesses) === undefined;
    },
    onFailure: (name, { status, payload }) => {
      const { errorType = 'Error' } = JSON.parse(payload || '{}') as { errorType?: string };
      globalThis.console.error(
        `${name}: ${status} (${errorType}), see ${join(dataDir, 'logs', `${name}.log`)}`,
      );
    },
  });
}

function startTimetable(
  { dataDir, clock }: LaptopOptions,
  parts: Pick<Parts, 'inventory' | 'runner' | 'sendMessage' | 'engines' | 'sources' | 'delivered' | 'guard'>,
): Schedules {
  const { inventory, runner, engines, sources, delivered } = parts;
  return startSchedules({
    schedules: inventory.schedules,
    clock,
    region: inventory.region,
    accountId: inventory.accountId,
    state: openStateFile<Record<string, string>>(join(dataDir, 'schedules.json'), {}),
    ...openScheduledInvocations(parts),
    settle: () => settle({ sources, delivered, runnerIsIdle: runner.idle, limitMs: SETTLE_LIMIT_MS }),
    expire: async () => {
      await engines.tables.expire();
      await engines.buckets.expire();
    },
  });
}

function startIssuer(options: LaptopOptions) {
  return startIdentity({
    issuer: options.issuer,
    clientId: options.oidcClientId,
    redirectUris: [`${options.publicUrl}/sign-in/callback`],
    postLogoutRedirectUris: [`${options.publicUrl}/signed-out`, `${options.publicUrl}/`],
    accounts: demonstrationAccounts,
    now: options.clock.now,
  });
}

function openDoor(
  options: LaptopOptions,
  { inventory, runner, guard, engines }: Pick<Parts, 'inventory' | 'runner' | 'guard' | 'engines'>,
): Promise<Engine> {
  return startFrontDoor({
    inventory,
    port: options.port,
    publicUrl: options.publicUrl,
    now: options.clock.now,
    invoke: runner.invoke,
    throttled: options.throttled,
    buckets: engines.buckets,
    permissions: openDoorPermissions(inventory, guard),
  });
}

const consoleUrlOf = ({ consolePort }: LaptopOptions): string => `http://127.0.0.1:${consolePort}`;
const endpointsFile = ({ dataDir }: LaptopOptions): string => join(dataDir, 'endpoints.json');

/** By this file the operator's tool finds the laptop. */
function writeEndpoints(options: LaptopOptions, views: ReturnType<typeof describeEngines>): void {
  const { dynamodb, s3, sqs, ses, issuer, region, accessKeyId, secretAccessKey } = views;
  const content = {
    publicUrl: options.publicUrl,
    consoleUrl: consoleUrlOf(options),
    region,
    table: dynamodb.table,
    buckets: s3.buckets,
    endpoints: { dynamodb: dynamodb.endpoint, s3: s3.endpoint, sqs: sqs.endpoint, ses: ses.endpoint },
    accessKeyId,
    secretAccessKey,
    issuer,
  };
  writeFileSync(endpointsFile(options), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}
