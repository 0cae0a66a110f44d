import { defineConfig } from 'vitest/config';

/**
 * The journeys share one laptop, so their files run one after the other: they share its clock and its mailbox, too.
 * So do the files right in test/integration, which are the project `product`. The files in the folders below it start
 * laptops and engines of their own; two cores bear one at a time.
 */
export default defineConfig({
  test: {
    projects: [
      project('unit', { testTimeout: 10_000, hookTimeout: 30_000 }),
      project('contract', { testTimeout: 30_000, hookTimeout: 60_000 }),
      project('infra', { testTimeout: 60_000, hookTimeout: 120_000 }),
      project('integration', {
        include: 'test/integration/*/**/*.test.ts',
        testTimeout: 120_000,
        hookTimeout: 180_000,
        fileParallelism: false,
      }),
      project('product', {
        include: 'test/integration/*.test.ts',
        testTimeout: 180_000,
        hookTimeout: 180_000,
        fileParallelism: false,
        globalSetup: 'test/support/product-laptop.ts',
      }),
      project('faults', {
        // The whole matrix of a scenario is one test.
        testTimeout: 60 * 60_000,
        hookTimeout: 180_000,
        fileParallelism: false,
        globalSetup: 'test/faults/support/start-laptop.ts',
      }),
      project('journeys', {
        testTimeout: 120_000,
        hookTimeout: 180_000,
        fileParallelism: false,
        globalSetup: 'test/support/shared-laptop.ts',
      }),
    ],
  },
});

interface Settings {
  /** Left out: everything in the folder of the project's name. */
  readonly include?: string;
  readonly testTimeout: number;
  readonly hookTimeout: number;
  readonly fileParallelism?: boolean;
  readonly globalSetup?: string;
}

function project(name: string, { include = `test/${name}/**/*.test.ts`, ...settings }: Settings) {
  return {
    test: { name, include: [include], environment: 'node' as const, ...settings },
  };
}
