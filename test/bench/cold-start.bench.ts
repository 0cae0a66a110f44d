import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openClock } from '#infra/local/clock.ts';
import { openCredentials } from '#infra/local/invoke/credentials.ts';
import type { FunctionDefinition } from '#infra/local/invoke/function-definition.ts';
import { startRunner } from '#infra/local/invoke.ts';
import { type Comparison, timeOf } from './harness.ts';
import { environmentOf, openPage, openWorld, type World, wardPath } from './world.ts';

const ROOT = join(import.meta.dirname, '../..');
const EMPTY = `export const handler = async () => ({ statusCode: 200, headers: {}, body: '' });\n`;

/** From the invocation that finds no process to its answer: process, import, first page, first reads. */
const coldStartOf =
  (world: World, definition: Omit<FunctionDefinition, 'environment' | 'memoryMb' | 'timeoutSeconds'>) =>
  async () => {
    const clock = openClock({ file: join(world.folder, 'clock.json') });
    const runner = await startRunner({
      functions: [{ ...definition, environment: environmentOf(world), memoryMb: 1024, timeoutSeconds: 20 }],
      region: 'eu-west-2',
      accountId: '000000000000',
      endpoints: { dynamodb: world.endpoint },
      credentials: openCredentials(join(world.folder, 'credentials.json')),
      clock,
      logDir: join(world.folder, 'logs'),
    });
    try {
      let answer = '';
      const elapsed = await timeOf(async () => {
        const result = await runner.invoke(definition.name, openPage(wardPath));
        answer = result.payload;
      });
      if ((JSON.parse(answer) as { statusCode?: number }).statusCode !== 200)
        throw new Error(answer.slice(0, 500));
      return elapsed;
    } finally {
      await runner.close();
    }
  };

export const comparisons: readonly Comparison[] = [
  {
    name: 'cold start of a ward page',
    baseline: 'an empty handler in the same kind of process',
    subject: 'public-web from no process to the page of a ward, read from the engine',
    unit: 'ms',
    aim: { atMost: 3 },
    rounds: { full: 30, short: 5 },
    warmUps: 2,
    prepare: async () => {
      const world = await openWorld();
      const empty = join(world.folder, 'empty');
      await mkdir(empty, { recursive: true });
      await writeFile(join(empty, 'index.mjs'), EMPTY);
      return {
        baseline: coldStartOf(world, { name: 'empty', code: empty, handler: 'index.handler' }),
        subject: coldStartOf(world, {
          name: 'public-web',
          code: join(ROOT, 'build/functions/public-web'),
          handler: 'index.handler',
        }),
        close: world.close,
      };
    },
  },
];
