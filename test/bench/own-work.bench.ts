import { type Bundled, builtFunction, emptyFunction, startFunction } from './function.ts';
import { type Comparison, throughputOf } from './harness.ts';
import { openPage, openWorld, type World } from './world.ts';

const COUNT = 300;

/** Invocations a second of a function that is warm, one after the other. */
const warm = async (world: World, bundled: Bundled) => {
  const { invoke, close } = await startFunction(world, bundled);
  const event = openPage('/accessibility');
  const sample = () => throughputOf(() => invoke(event), { count: COUNT, atOnce: 1 });
  return { sample, close };
};

export const comparisons: readonly Comparison[] = [
  {
    name: "a handler's own work",
    baseline: 'a handler that does nothing, in a warm process of the laptop',
    subject: 'a page that reads nothing: log line, headers, router, template',
    unit: 'invocations/s',
    aim: { atLeast: 0.4 },
    rounds: { full: 15, short: 7 },
    warmUps: 2,
    prepare: async () => {
      const world = await openWorld();
      const baseline = await warm(world, await emptyFunction(world));
      const subject = await warm(world, builtFunction('public-web'));
      return {
        baseline: baseline.sample,
        subject: subject.sample,
        close: async () => {
          await Promise.all([baseline.close(), subject.close()]);
          await world.close();
        },
      };
    },
  },
];
