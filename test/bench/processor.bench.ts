import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtFunction, emptyFunction } from './function.ts';
import type { Comparison } from './harness.ts';
import { environmentOf, openPage, openWorld, type World, wardPath } from './world.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'time-process.mjs');

interface Times {
  readonly start: number;
  readonly import: number;
  readonly first: number;
  readonly status: number;
}

/** Starts a process of its own for a bundle, has it answer the page of a ward, and says what that took. */
const timesOf = async (world: World, code: string): Promise<Times> => {
  const env = {
    ...environmentOf(world),
    AWS_ENDPOINT_URL_DYNAMODB: world.endpoint,
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'nothing',
  };
  const { stdout } = await run(process.execPath, [script, join(code, 'index.mjs'), openPage(wardPath)], {
    env,
  });
  const times = JSON.parse(stdout.split('\n').at(-1) ?? '') as Times;
  if (times.status !== 200) throw new Error(`The page was answered with ${times.status}`);
  return times;
};

const processorOf = (
  described: Pick<Comparison, 'name' | 'baseline' | 'subject' | 'aim'>,
  [baseline, subject]: readonly [(times: Times) => number, (times: Times) => number],
): Comparison => ({
  ...described,
  unit: 'ms',
  rounds: { full: 40, short: 12 },
  warmUps: 2,
  prepare: async () => {
    const world = await openWorld();
    const empty = await emptyFunction(world);
    return {
      baseline: async () => baseline(await timesOf(world, empty.code)),
      subject: async () => subject(await timesOf(world, builtFunction('public-web').code)),
      close: world.close,
    };
  },
});

const whole = (times: Times) => times.start + times.import + times.first;

// In time of the processor, which other work on the machine does not lengthen: the cold start in time on the clock is
// what a person waits for, and is as restless as the machine.
export const comparisons: readonly Comparison[] = [
  processorOf(
    {
      name: 'processor of a cold start',
      baseline: 'a process with an empty handler that has answered once',
      subject: 'a process of public-web that has answered with the page of a ward',
      aim: { atMost: 2.5 },
    },
    [whole, whole],
  ),
  // An empty bundle takes 1 to 3 ms: too little to be a measure. What its process needs to have it imported is one.
  processorOf(
    {
      name: 'import of public-web',
      baseline: 'a process with an empty handler, from its start to the end of the import',
      subject: 'the import of the bundle alone: reading, compiling, settings, container, routes',
      aim: { atMost: 60, ofSubject: true },
    },
    [(times) => times.start + times.import, (times) => times.import],
  ),
];
