import type { Clock } from '../clock.ts';
import type { Credentials } from '../engine.ts';
import type { CallLog } from '../faults/call-log.ts';
import type { Faults } from '../faults/open-faults.ts';
import type { DemonstrationAccount } from '../identity.ts';
import type { Runner } from '../invoke.ts';
import type { Mailbox } from '../mail.ts';
import type { Schedules } from '../schedules.ts';

/** What `GET /engines` says: enough for an SDK. */
export interface EnginesView {
  dynamodb: { endpoint: string; table: string };
  s3: { endpoint: string; buckets: Record<string, string> };
  sqs: { endpoint: string; queues: Record<string, string> };
  ses: { endpoint: string; configurationSets: string[] };
  /** What looks for malware in uploads, for people. */
  malware: string;
  issuer: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** What the console shows and moves. */
export interface ConsoleContext {
  publicUrl: string;
  issuer: string;
  accounts: DemonstrationAccount[];
  mailbox: Mailbox;
  clock: Clock;
  schedules: Schedules;
  runner: Runner;
  engines: EnginesView;
  faults: Faults;
  calls: CallLog;
  credentialsOf: (functionName: string) => Credentials | undefined;
}
