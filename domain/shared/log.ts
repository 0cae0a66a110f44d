/** Everything that is ever logged, by its name: ids, counts and durations, never names, addresses or texts. */
export interface LogEvents {
  'request completed': { method: string; route: string; status: number; durationMs: number };
  'request failed': { method: string; route: string; fault: string; durationMs: number };
  'mail sent': { mail: string; kind: string };
  'mail sent before': { mail: string };
  'mail not sent': { mail: string; fault: string };
  'mail announced': { mail: string };
  'mail not announced': { mail: string };
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
