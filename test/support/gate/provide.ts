import { findChromium, findProgram } from '../find-program.ts';
import { runCommand } from './run-command.ts';
import type { Missing } from './vitest-step.ts';

/** The journeys need a browser. Without one they are left out, except in CI, where that is a failure. */
export async function provideChromium(): Promise<Missing | undefined> {
  const found = await provide(findChromium, [['chromium', 'fonts-liberation']]);
  if (found) return undefined;
  return {
    note: 'install Chromium for the journeys: apt-get install chromium fonts-liberation',
    fails: process.env.CI === 'true',
  };
}

/** Without Java the contract tests run against our own engines only, and those of the referee skip themselves. */
export async function provideJava(): Promise<undefined> {
  const found = await provide(
    () => findProgram('java'),
    [['openjdk-17-jre-headless'], ['default-jre-headless']],
  );
  if (!found)
    console.log('install Java 17 or newer for the referee engine: apt-get install default-jre-headless');
}

type Packages = readonly string[];

async function provide(find: () => string | undefined, choices: readonly Packages[]): Promise<boolean> {
  if (find() !== undefined) return true;
  const become = await rootPrefix();
  if (become === undefined || findProgram('apt-get') === undefined) return false;
  await runCommand([...become, 'apt-get', 'update', '--quiet']);
  for (const packages of choices) {
    const install = ['apt-get', 'install', '--yes', '--quiet', '--no-install-recommends', ...packages];
    await runCommand([...become, ...install]);
    if (find() !== undefined) return true;
  }
  return false;
}

type Prefix = readonly ['env', 'DEBIAN_FRONTEND=noninteractive'] | readonly ['sudo', '-n', ...string[]];

/** How to run a command as root without being asked anything, or undefined where that cannot be done. */
async function rootPrefix(): Promise<Prefix | undefined> {
  const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive'] as const;
  if (process.getuid?.() === 0) return quietly;
  if (findProgram('sudo') === undefined) return undefined;
  const { ok } = await runCommand(['sudo', '-n', 'true'], { quiet: true });
  return ok ? ['sudo', '-n', ...quietly] : undefined;
}
