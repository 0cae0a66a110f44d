import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition, InvocationResult } from './function-definition.ts';

interface Percentiles {
  p50: number;
  p99: number;
}

export interface FunctionStatistics {
  name: string;
  invocations: number;
  errors: number;
  timeouts: number;
  /** Refused for want of concurrency; as in Lambda, they are no invocations. */
  throttles: number;
  coldStarts: number;
  /** From the start of the process to the first question for work. */
  initMs: Percentiles;
  durationMs: Percentiles;
  bundleBytes: number;
  memoryMb: number;
  maxRssMb: number;
}

export interface FunctionRecord {
  recordStart(initMs: number): void;
  recordInvocation(result: InvocationResult): void;
  recordRss(kilobytes: number): void;
  read(): FunctionStatistics;
}

/** So many of the latest measurements stand behind a percentile. */
const SAMPLES = 1_000;

export function openRecord(definition: FunctionDefinition): FunctionRecord {
  const counts = { invocations: 0, errors: 0, timeouts: 0, throttles: 0, coldStarts: 0 };
  const inits: number[] = [];
  const durations: number[] = [];
  const bundleBytes = measureFolder(definition.code);
  let maxRssKb = 0;
  return {
    recordStart: (initMs) => {
      counts.coldStarts += 1;
      keep(inits, initMs);
    },
    recordInvocation: (result) => {
      if (result.status === 'throttled') {
        counts.throttles += 1;
        return;
      }
      counts.invocations += 1;
      if (result.status === 'error') counts.errors += 1;
      if (result.status === 'timeout') counts.timeouts += 1;
      keep(durations, result.durationMs);
    },
    recordRss: (kilobytes) => {
      maxRssKb = Math.max(maxRssKb, kilobytes);
    },
    read: () => ({
      name: definition.name,
      ...counts,
      initMs: percentiles(inits),
      durationMs: percentiles(durations),
      bundleBytes,
      memoryMb: definition.memoryMb,
      maxRssMb: Math.round(maxRssKb / 102.4) / 10,
    }),
  };
}

function keep(samples: number[], value: number): void {
  samples.push(value);
  if (samples.length > SAMPLES) samples.shift();
}

function percentiles(samples: readonly number[]): Percentiles {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99) };
}

function measureFolder(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}
