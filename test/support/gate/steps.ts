import { usageFolder } from '../permissions/usage-folder.ts';
import { benchStep } from './bench-step.ts';
import { checkStep } from './check-step.ts';
import { provideChromium, provideClients, provideJava } from './provide.ts';
import type { Step } from './step.ts';
import { vitestStep } from './vitest-step.ts';

const rooms = ['domain', 'adapters', 'web', 'functions', 'infra', 'operator', 'test'] as const;

/** Laptops that run the product's own template note what their functions do: the step `permissions` reads it. */
const notingUse = { FOLKMOOT_USAGE: usageFolder() };

/** Everything that has to hold, cheapest first: later steps use what the build made. */
export const steps: readonly Step[] = [
  checkStep('build', ['npm', 'run', 'build']),
  // A compiler uses one core, and so does what reads the sources; engines take long to start.
  checkStep('types', ['tsc'], 'one core'),
  checkStep('lint', ['biome', 'check'], 'the other'),
  checkStep('imports', ['depcruise', '--config', '.dependency-cruiser.mjs', ...rooms], 'the other'),
  checkStep('dead-code', ['knip'], 'the other'),
  vitestStep('contract', { precondition: provideJava, lane: 'one core' }),
  vitestStep('infra', { lane: 'the other' }),
  vitestStep('unit'),
  // A laptop and who uses it wait for each other half of the time: two such lanes fit on two cores.
  vitestStep('integration', { precondition: provideClients, lane: 'engines', twice: true }),
  vitestStep('product', { env: notingUse, lane: 'pages', twice: true }),
  vitestStep('journeys', { precondition: provideChromium, env: notingUse, lane: 'pages', twice: true }),
  vitestStep('faults', { env: notingUse, lane: 'engines', twice: true }),
  checkStep('permissions', ['npm', 'run', 'permissions']),
  benchStep,
];
