import { checkStep } from './check-step.ts';
import { provideChromium, provideJava } from './provide.ts';
import type { Step } from './step.ts';
import { vitestStep } from './vitest-step.ts';

const rooms = ['domain', 'adapters', 'web', 'functions', 'infra', 'operator', 'test'] as const;

/** Everything that has to hold, cheapest first: later steps use what the build made. */
export const steps: readonly Step[] = [
  checkStep('build', ['npm', 'run', 'build']),
  checkStep('types', ['tsc']),
  checkStep('lint', ['biome', 'check']),
  checkStep('imports', ['depcruise', '--config', '.dependency-cruiser.mjs', ...rooms]),
  checkStep('dead-code', ['knip']),
  vitestStep('unit'),
  vitestStep('contract', provideJava),
  vitestStep('infra'),
  vitestStep('integration'),
  vitestStep('product'),
  vitestStep('journeys', provideChromium),
];
