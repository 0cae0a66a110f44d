import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { clientOf, type LaptopClient, startLaptop } from './laptop.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly laptop: { readonly url: string; readonly consoleUrl: string; readonly dataDir: string };
  }
}

/**
 * One laptop with the demonstration data for all files of a project: vitest calls this once before the first and ends
 * it after the last. The files share its clock, mailbox and data, so each leaves them as the next expects them, or
 * works in a ward of its own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const laptop = await startLaptop({ empty: false, env: { FOLKMOOT_ABUSE_LIMITS: 'off' } });
  const { url, consoleUrl, dataDir } = laptop;
  project.provide('laptop', { url, consoleUrl, dataDir });
  const tell = (code: number | null, signal: NodeJS.Signals | null) =>
    console.error(
      `The laptop of the tests ended by itself (${signal ?? code}).\n${laptop.output().slice(-4000)}`,
    );
  laptop.process.once('exit', tell);
  return () => {
    laptop.process.off('exit', tell);
    return laptop.stop();
  };
}

export interface SharedLaptop extends LaptopClient {
  readonly url: string;
  readonly consoleUrl: string;
  /** Its FOLKMOOT_DATA, for the operator's tool. */
  readonly dataDir: string;
}

/** The laptop that this project shares. */
export function sharedLaptop(): SharedLaptop {
  const { url, consoleUrl, dataDir } = inject('laptop');
  return { url, consoleUrl, dataDir, ...clientOf(url, consoleUrl) };
}
