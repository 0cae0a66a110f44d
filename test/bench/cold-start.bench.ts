import { type Bundled, builtFunction, emptyFunction, startFunction } from './function.ts';
import { type Comparison, timeOf } from './harness.ts';
import { formPath, openPage, openWorld, type World, wardPath } from './world.ts';

/** From the invocation that finds no process to its answer: process, import, first page, first reads. */
const coldStartOf = (world: World, bundled: Bundled, path: string) => async () => {
  const started = await startFunction(world, bundled);
  try {
    return await timeOf(() => started.invoke(openPage(path)));
  } finally {
    await started.close();
  }
};

const coldStart = ({
  name,
  subject,
  path,
  atMost,
}: Pick<Comparison, 'name' | 'subject'> & { path: string; atMost: number }): Comparison => ({
  name,
  baseline: 'an empty handler in the same kind of process',
  subject,
  unit: 'ms',
  aim: { atMost },
  rounds: { full: 30, short: 12 },
  warmUps: 2,
  prepare: async () => {
    const world = await openWorld();
    return {
      baseline: coldStartOf(world, await emptyFunction(world), path),
      subject: coldStartOf(world, builtFunction('public-web'), path),
      close: world.close,
    };
  },
});

export const comparisons: readonly Comparison[] = [
  coldStart({
    name: 'cold start of a ward page',
    subject: 'public-web from no process to the page of a ward, read from the engine',
    path: wardPath,
    atMost: 2.5,
  }),
  // The forms are loaded when they are needed: the first person who opens one must not pay for it.
  coldStart({
    name: 'cold start of a form',
    subject: 'public-web from no process to the first page of the form, with its session stored',
    path: formPath,
    atMost: 2.5,
  }),
];
