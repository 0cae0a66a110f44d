import { readFileSync } from 'node:fs';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionProcess } from './process.ts';
import type { FunctionRecord } from './statistics.ts';

/** Watches what memory a process has taken. */
export interface MemoryWatch {
  /** Looks now, and goes on looking until `rest`. */
  watch(): void;
  rest(): void;
  /** Looks now; true once it has taken so much that it was killed. */
  isExhausted(): boolean;
  /** What the process says of itself, in kilobytes: for machines that cannot be asked about another process. */
  learn(kilobytes: number): void;
}

const LOOK_EVERY_MS = 50;

/**
 * Lambda kills what takes more than its memory. A process here holds more than its share of the same program in
 * Lambda (the whole runtime counts, nothing presses the collector), so that over the setting is reported, once a
 * process, and only what takes more than twice as much is killed.
 */
export function watchMemory(options: {
  definition: FunctionDefinition;
  process: FunctionProcess;
  record: FunctionRecord;
}): MemoryWatch {
  const { definition, process, record } = options;
  const limitKb = definition.memoryMb * 1024;
  let timer: NodeJS.Timeout | undefined;
  let reported = false;
  let exhausted = false;

  const report = (kilobytes: number): void => {
    if (reported) return;
    reported = true;
    const used = Math.ceil(kilobytes / 1024);
    process.report(
      `${definition.name}: used ${used} MB of memory, its setting is ${definition.memoryMb} MB.`,
    );
  };

  const judge = (kilobytes: number): void => {
    record.recordRss(kilobytes);
    if (kilobytes > limitKb) report(kilobytes);
    if (kilobytes <= 2 * limitKb || exhausted) return;
    exhausted = true;
    process.kill();
  };

  const look = (): void => judge(readPeak(process.pid) ?? 0);

  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    watch: () => {
      look();
      timer ??= setInterval(look, LOOK_EVERY_MS).unref();
    },
    rest,
    isExhausted: () => {
      look();
      return exhausted;
    },
    learn: (kilobytes) => {
      if (readPeak(process.pid) === undefined) judge(kilobytes);
    },
  };
}

/** The most that a process ever held, in kilobytes; Linux says it of any process. */
function readPeak(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes);
  } catch {
    return undefined;
  }
}
