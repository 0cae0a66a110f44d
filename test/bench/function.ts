import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openClock } from '#infra/local/clock.ts';
import { openCredentials } from '#infra/local/invoke/credentials.ts';
import { startRunner } from '#infra/local/invoke.ts';
import { environmentOf, type World } from './world.ts';

const ROOT = join(import.meta.dirname, '../..');
const EMPTY = `export const handler = async () => ({ statusCode: 200, headers: {}, body: '' });\n`;

/** A function's name, and the folder with its bundle. */
export interface Bundled {
  readonly name: string;
  readonly code: string;
}

export const builtFunction = (name: string): Bundled => ({ name, code: join(ROOT, 'build/functions', name) });

/** The function that does nothing, to compare with. */
export async function emptyFunction(world: World): Promise<Bundled> {
  const code = join(world.folder, 'empty');
  await mkdir(code, { recursive: true });
  await writeFile(join(code, 'index.mjs'), EMPTY);
  return { name: 'empty', code };
}

/** A function ready to be invoked, without a process as yet. It talks to the engine directly: see `openWorld`. */
export async function startFunction(world: World, { name, code }: Bundled) {
  const runner = await startRunner({
    functions: [
      {
        name,
        code,
        handler: 'index.handler',
        environment: environmentOf(world),
        memoryMb: 1024,
        timeoutSeconds: 20,
      },
    ],
    region: 'eu-west-2',
    accountId: '000000000000',
    endpoints: { dynamodb: world.endpoint },
    credentials: openCredentials(join(world.folder, 'credentials.json')),
    clock: openClock({ file: join(world.folder, 'clock.json') }),
    logDir: join(world.folder, 'logs'),
  });
  return {
    /** Throws unless the answer is 200. */
    invoke: async (event: string): Promise<void> => {
      const { payload } = await runner.invoke(name, event);
      if ((JSON.parse(payload) as { statusCode?: number }).statusCode !== 200)
        throw new Error(payload.slice(0, 500));
    },
    close: runner.close,
  };
}
