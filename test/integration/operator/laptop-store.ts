import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBuckets } from '#infra/local/buckets.ts';
import { listen } from '#infra/local/engine/listen.ts';
import type { Engine } from '#infra/local/engine.ts';
import { openForwarder, passOn } from '#infra/local/gate/forward.ts';
import { startDynoxide } from '#infra/local/tables/dynoxide.ts';
import { openStore } from '#operator/container.ts';
import { findLaptop } from '#operator/place.ts';
import type { Store } from '#operator/store.ts';
import { connectTo, createTable } from '#test/support/stores/dynamo-stores.ts';

const TOOL = fileURLToPath(new URL('../../../operator/folkmoot.mjs', import.meta.url));

const OPERATOR = { accessKeyId: 'test', secretAccessKey: 'test' };

const startDatabase = async (dataDir: string): Promise<Engine & { table: string }> => {
  const engine = await startDynoxide({
    dataDir,
    onDeath: (cause) => {
      throw new Error(`The database died: ${cause}`);
    },
  });
  const { name } = await createTable(connectTo(engine.endpoint));
  return { ...engine, table: name };
};

/** A console that knows the clock and one schedule. */
const startConsole = async (now: () => Date): Promise<{ server: Server; url: string }> => {
  const server = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      'GET /clock': { now: now().toISOString() },
      'GET /schedules': [{ name: 'mail-area-digests', expression: '', timezone: '', next: null }],
      'POST /schedules/mail-area-digests/run': { status: 'ok', durationMs: 1, result: { digests: 0 } },
    };
    const answer = answers[`${request.method} ${request.url}`];
    response.writeHead(answer ? 200 : 404).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The console has no port');
  return { server, url: `http://127.0.0.1:${address.port}` };
};

/** Stands before the database, as far as the tool knows, and tells of every write before it happens. */
const startWatch = async (endpoint: string): Promise<Watch> => {
  const database = openForwarder(endpoint);
  const watch = { beforeWrite: () => {} };
  const server = await listen('watch', 0, async (req, res) => {
    const operation = String(req.headers['x-amz-target']).split('.').at(-1);
    if (operation?.includes('Write')) watch.beforeWrite();
    passOn(await database.send(req), res);
  });
  const close = async () => {
    database.close();
    await server.close();
  };
  return Object.assign(watch, { endpoint: server.endpoint, close });
};

interface Watch extends Engine {
  beforeWrite: () => void;
}

const killAtWrite = (watch: Watch, child: ChildProcess, number: number): void => {
  let writes = 0;
  watch.beforeWrite = () => {
    writes += 1;
    if (writes === number) child.kill('SIGKILL');
  };
  child.once('close', () => {
    watch.beforeWrite = () => {};
  });
};

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface LaptopStore {
  /** A folder for files of the test. */
  readonly folder: string;
  /** Runs the tool as a process, as people do; kills it without warning at one of its writes, the first is 1. */
  run(args: readonly string[], options?: { killAtWrite?: number }): Promise<Run>;
  /** What is stored, freshly opened. */
  open(): Promise<Store>;
  write(name: string, content: string): string;
  close(): Promise<void>;
}

/** The database and the buckets of the laptop, all empty, and just enough of its console for the operator's tool. */
export const startLaptopStore = async (now: () => Date = () => new Date()): Promise<LaptopStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-operator-'));
  const tables = await startDatabase(folder);
  const watch = await startWatch(tables.endpoint);
  const console = await startConsole(now);
  const buckets = await startBuckets({
    ...{ dataDir: folder, region: 'eu-west-2', accountId: '000000000000', now },
    credentials: () => OPERATOR,
    buckets: ['uploads', 'documents'].map((name) => ({ name, versioned: true, tellsEventBus: true })),
  });
  const write = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const endpoints = {
    publicUrl: console.url,
    consoleUrl: console.url,
    region: 'eu-west-2',
    table: tables.table,
    buckets: { uploads: 'uploads', documents: 'documents' },
    endpoints: { dynamodb: watch.endpoint, s3: buckets.endpoint },
    ...OPERATOR,
  };
  write('endpoints.json', JSON.stringify(endpoints));
  return {
    folder,
    write,
    run: (args, { killAtWrite: number } = {}) =>
      new Promise((resolve, reject) => {
        const env = { ...process.env, FOLKMOOT_DATA: folder };
        const child = spawn(process.execPath, [TOOL, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
        let [out, err] = ['', ''];
        child.stdout.on('data', (chunk) => {
          out += chunk;
        });
        child.stderr.on('data', (chunk) => {
          err += chunk;
        });
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, out, err }));
        if (number !== undefined) killAtWrite(watch, child, number);
      }),
    open: () => openStore(findLaptop({ FOLKMOOT_DATA: folder })),
    close: async () => {
      console.server.close();
      await watch.close();
      await buckets.close();
      await tables.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
