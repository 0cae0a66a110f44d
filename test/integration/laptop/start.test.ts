import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultsView } from '#infra/local/faults/open-faults.ts';
import { startLaptop, type TestLaptop, waitFor } from '#test/support/laptop.ts';
import { type LaptopEngines, signedCalls } from '#test/support/signed-calls.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-start-'));
let laptop: TestLaptop;

beforeAll(async () => {
  laptop = await startLaptop({ dataDir });
});
afterAll(async () => {
  await laptop.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const onLinux = process.platform === 'linux';

const parentOf = (pid: string): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, state, parent] = stat.slice(stat.lastIndexOf(')')).split(' ');
    return state === 'Z' ? undefined : parent;
  } catch {
    return undefined;
  }
};
const childrenOf = (pid: number | undefined): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === String(pid));
const isRunning = (pid: string): boolean => parentOf(pid) !== undefined;

/** Everything that a process and its children listen on, as hexadecimal address:port. */
function listeners(pids: string[]): string[] {
  const inodes = new Set(
    pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        try {
          return [readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8').match(/ino:\s*(\d+)/)?.[1] ?? ''];
        } catch {
          return [];
        }
      }),
    ),
  );
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1),
  );
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode ?? ''))
    .map(([, local = '']) => local);
}

describe('npm start', () => {
  it('serves pages and assets', async () => {
    const page = await laptop.get('/');
    expect(page.status).toBe(200);
    const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec(await page.text())?.[1] ?? '';
    const asset = await laptop.get(stylesheet);
    expect(asset.status).toBe(200);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toMatch(/^text\/css/);
    expect(asset.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = asset.headers.get('etag') ?? '';
    expect((await laptop.get(stylesheet, { 'if-none-match': etag })).status).toBe(304);
    expect((await laptop.get('/assets/nothing')).status).toBe(404);
  });

  it.runIf(onLinux)('listens on 127.0.0.1 and nowhere else', async () => {
    await laptop.get('/');
    const pids = [String(laptop.process.pid), ...childrenOf(laptop.process.pid)];
    const addresses = listeners(pids).map((local) => local.split(':')[0]);
    expect(addresses.length).toBeGreaterThanOrEqual(6);
    expect(new Set(addresses)).toEqual(new Set(['0100007F']));
  });

  it('lets no second laptop on the same data', async () => {
    await expect(startLaptop({ dataDir })).rejects.toThrow(/already runs on .*FOLKMOOT_DATA/);
  });

  it('says which port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(startLaptop({ port })).rejects.toThrow(new RegExp(`Port ${port} is taken`));
    server.close();
  });

  it('tells programs where everything is', () => {
    const endpoints = JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8'));
    expect(endpoints).toMatchObject({
      publicUrl: laptop.url,
      consoleUrl: laptop.consoleUrl,
      region: 'eu-west-2',
    });
  });
});

describe('SIGKILL', () => {
  it.runIf(onLinux)(
    'loses nothing that was acknowledged, leaves nothing running, and can be started again',
    async () => {
      await laptop.get('/');
      const engines = await laptop.console<LaptopEngines>('/engines');
      const { table } = engines.dynamodb;
      const { call } = signedCalls(engines);
      const acknowledged: string[] = [];
      const write = async (writer: number) => {
        for (let at = 0; ; at += 1) {
          const name = `${writer}-${at}`;
          await call('dynamodb', 'PutItem', {
            TableName: table,
            Item: { pk: { S: 'burst' }, sk: { S: name } },
          });
          acknowledged.push(name);
        }
      };
      const writers = [0, 1, 2, 3].map((writer) => write(writer).catch(() => {}));
      await waitFor(
        () => acknowledged.length,
        (count) => count > 300,
      );
      const children = childrenOf(laptop.process.pid);
      expect(children.length).toBeGreaterThanOrEqual(2);
      process.kill(Number(readFileSync(join(dataDir, 'dynamodb/pid'), 'utf8')), 'SIGKILL');
      await laptop.kill();
      await Promise.all(writers);
      await waitFor(
        () => children.filter(isRunning),
        (left) => left.length === 0,
      );
      expect(children.filter(isRunning)).toEqual([]);

      laptop = await startLaptop({ dataDir });
      expect((await laptop.get('/')).status).toBe(200);
      const again = signedCalls(await laptop.console<LaptopEngines>('/engines'));
      const found = new Set<string>();
      let ExclusiveStartKey: object | undefined;
      do {
        const page: { Items: { sk: { S: string } }[]; LastEvaluatedKey?: object } = await again.call(
          'dynamodb',
          'Query',
          {
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: 'burst' } },
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          },
        );
        for (const { sk } of page.Items) found.add(sk.S);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect(acknowledged.filter((name) => !found.has(name))).toEqual([]);
    },
  );
});

describe('SIGTERM', () => {
  it('answers what is in flight and leaves nothing behind', async () => {
    const rule = { engine: 'dynamodb', function: 'staff-web', effect: 'delay', delayMs: 1_000, count: 1 };
    await laptop.console('/faults', { method: 'PUT', body: JSON.stringify({ rules: [rule] }) });
    const inFlight = laptop.get('/sign-in');
    const held = await waitFor(
      async () => (await laptop.console<FaultsView>('/faults')).rules[0]?.fired,
      (fired) => fired === 1,
    );
    expect(held).toBe(1);
    laptop.process.kill('SIGTERM');
    expect((await inFlight).status).toBe(303);
    await laptop.stop();
    expect(laptop.process.exitCode).toBe(0);
    expect(existsSync(join(dataDir, 'endpoints.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    laptop = await startLaptop({ dataDir });
  });
});
