import { defineConfig } from 'vitest/config';

/** Files of a project that share one laptop run one after the other: they share its clock and its mailbox too. */
export default defineConfig({
  test: {
    projects: [
      project('unit', { testTimeout: 10_000, hookTimeout: 30_000 }),
      project('contract', { testTimeout: 30_000, hookTimeout: 60_000 }),
      project('infra', { testTimeout: 60_000, hookTimeout: 120_000 }),
      project('integration', { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false }),
      project('journeys', { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false }),
    ],
  },
});

interface Settings {
  readonly testTimeout: number;
  readonly hookTimeout: number;
  readonly fileParallelism?: boolean;
}

function project(name: string, settings: Settings) {
  return {
    test: { name, include: [`test/${name}/**/*.test.ts`], environment: 'node' as const, ...settings },
  };
}
