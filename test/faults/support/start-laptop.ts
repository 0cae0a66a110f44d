import type { TestProject } from 'vitest/node';
import { startLaptop } from '#test/support/laptop.ts';
import { START } from '#test/support/product-laptop.ts';

/** A laptop without demonstration data: what is not there needs no time. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.FOLKMOOT_TEST_LAPTOP;
  if (running) {
    project.provide('productLaptop', running);
    return async () => {};
  }
  const { dataDir, stop } = await startLaptop({ now: START, env: { FOLKMOOT_ABUSE_LIMITS: 'off' } });
  project.provide('productLaptop', dataDir);
  return stop;
}
