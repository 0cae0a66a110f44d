/** Everything that is ever logged, by its name: ids, counts and durations, never names, addresses or texts. */
export interface LogEvents {
  'request completed': { method: string; route: string; status: number; durationMs: number };
  'request failed': { method: string; route: string; fault: string; durationMs: number };
  'limit reached': { limit: string };
  'limit not counted': { limit: string; fault: string };
  'form turned away': { route: string; reason: string };
  'form age not checked': { fault: string };
  'mail sent': { mail: string; kind: string };
  'mail sent before': { mail: string };
  'mail not sent': { mail: string; fault: string };
  'mail announced': { mail: string };
  'mail not announced': { mail: string };
  'mail suppressed': { mail: string; kind: string };
  'mail event': { mail: string; event: string; state: string };
  'mail event of no mail of ours': { event: string };
  'mail event dropped': { kind: string; serviceId: string };
  'audience freezing': { mailing: string; ended: string };
  'audience frozen': { mailing: string; total: number };
  'mailing part sent': { mailing: string; shard: number; sent: number; notSent: number; ended: string };
  'mailing not sent on': { mailing: string; shard: number; fault: string };
  'mailing sent': { mailing: string; total: number };
  'mailing stopped by itself': { mailing: string; reason: string };
  'mailing step announced': { mailing: string; step: string };
  'mailing step not announced': { mailing: string; step: string };
  'audit sealed': { day: string; count: number; hash: string };
  'audit entry replaced': { day: string; entry: string };
  'file inspected': {
    upload: string | null;
    verdict: string;
    detail: string;
    bytes: number;
    durationMs: number;
  };
  'file gone': { upload: string | null };
  'chase failed': { fault: string };
  'upload unknown': { news: string };
  'upload told': { upload: string; news: string };
  'upload refused': { upload: string; reason: string };
  'upload checked': { upload: string; document: string | null };
  'document projected': { document: string };
  'document not projected': { document: string; fault: string };
  'document change not announced': { change: string };
  'message failed': { messageId: string; fault: string };
  'schedule completed': { schedule: string; durationMs: number; result: Readonly<Record<string, unknown>> };
  'schedule failed': { schedule: string; durationMs: number; fault: string };
}

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/** Writes one line of structured log. */
export type Log = <Name extends keyof LogEvents>(
  level: LogLevel,
  name: Name,
  details: LogEvents[Name] & { readonly correlationId: string },
) => void;
