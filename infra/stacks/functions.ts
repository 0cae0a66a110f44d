import { TimeZone } from 'aws-cdk-lib';
import type { Cron } from '../constructs/scheduled-function.ts';

/** What wakes a function. */
type Trigger =
  | { kind: 'web'; routes: readonly string[] }
  | { kind: 'stream'; entity: string; batchSize: number }
  | { kind: 'queue'; queue: 'mail'; batchSize: number }
  | { kind: 'schedule'; cron: Cron; timeZone: TimeZone };

/**
 * What a function needs: each brings its permissions and its environment variables together
 * (see `capabilities` in service-stack.ts).
 */
export type Capability =
  | 'read-write-table'
  | 'read-update-table'
  | 'queue-mail'
  | 'send-mail'
  | 'site'
  | 'sessions'
  | 'sign-in';

export type FunctionSpec = {
  trigger: Trigger;
  needs: readonly Capability[];
  memoryMb: number;
  timeoutSeconds: number;
  /** What people notice when it fails; becomes the text of its alarms. */
  impact: string;
};

const london = TimeZone.EUROPE_LONDON;

/**
 * Every function, by the name of its folder below functions/. To add one: a folder there, an entry here.
 * Memory buys processor time, too: a web function answers from a cold start in half the time with 1024 MB.
 */
export const functions = {
  'public-web': {
    trigger: { kind: 'web', routes: ['$default'] },
    needs: ['read-write-table', 'site', 'sessions'],
    memoryMb: 1024,
    timeoutSeconds: 10,
    impact: 'Members of the public see an error page, or cannot tell us what they came to say.',
  },
  'staff-web': {
    trigger: {
      kind: 'web',
      routes: ['/staff', '/staff/{proxy+}', '/sign-in', '/sign-in/{proxy+}', '/sign-out', '/signed-out'],
    },
    needs: ['read-write-table', 'site', 'sessions', 'sign-in'],
    memoryMb: 1024,
    timeoutSeconds: 10,
    impact: 'Staff cannot sign in or answer; the 72 hours in which people are promised a reply run on.',
  },
  'relay-outbox': {
    trigger: { kind: 'stream', entity: 'mail', batchSize: 100 },
    needs: ['queue-mail'],
    memoryMb: 512,
    timeoutSeconds: 30,
    impact: 'Mail that people are waiting for is written down but not on its way.',
  },
  'send-mail': {
    trigger: { kind: 'queue', queue: 'mail', batchSize: 10 },
    needs: ['read-update-table', 'site', 'send-mail'],
    memoryMb: 512,
    timeoutSeconds: 60,
    impact: 'People do not get the confirmation or the answer that they were promised by mail.',
  },
  'mail-area-digests': {
    trigger: {
      kind: 'schedule',
      cron: { minute: '30', hour: '7', weekDay: 'MON-FRI' },
      timeZone: london,
    },
    needs: ['read-write-table', 'site'],
    memoryMb: 512,
    timeoutSeconds: 300,
    impact: 'Local teams are not told this morning what people left for them; replies may be late.',
  },
} as const satisfies Record<string, FunctionSpec>;
