import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Area } from '#domain/areas/area.ts';
import { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { runTool } from '#operator/program.ts';
import type { Store } from '#operator/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-program-'));
let server: Server;
let url: string;
let areas: Map<string, Area>;
let accounts: Map<string, StaffAccount>;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/schedules') response.end('[{"name":"good"},{"name":"bad"}]');
    else
      response.end(
        `{"status":"${request.url?.includes('good') ? 'ok' : 'error'}","durationMs":3,"result":null}`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeEndpoints(url);
});

beforeEach(() => {
  areas = new Map();
  accounts = new Map();
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const writeEndpoints = (address: string) =>
  write(
    'endpoints.json',
    JSON.stringify({
      consoleUrl: address,
      region: 'eu-west-2',
      table: 'T',
      endpoints: { dynamodb: address },
      accessKeyId: 'A',
      secretAccessKey: 'S',
    }),
  );

/** Of a store, the parts that these commands use. */
const store = {
  clock: { now: () => '2026-11-22T12:00:00.000Z' },
  areas: {
    directory: async () => new AreaDirectory([...areas.values()]),
    find: async (code: string) => areas.get(code) ?? null,
    save: async (changed: readonly Area[]) => {
      for (const area of changed) areas.set(area.code, area);
    },
  },
  staff: {
    find: async (email: string) => accounts.get(email) ?? null,
    save: async (account: StaffAccount) => {
      accounts.set(account.email, account);
    },
  },
} as Partial<Store> as Store;

const run = async (args: string[], environment: Record<string, string> = { FOLKMOOT_DATA: folder }) => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runTool(args, {
    terminal: { say: (line) => out.push(line), warn: (line) => err.push(line), progress: () => () => {} },
    environment,
    openStore: async () => store,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

const list = (...rows: string[]) => ['WD25CD,WD25NM,LAD25CD,LAD25NM', ...rows].join('\n');
const BELSIZE = 'E05013652,Belsize,E09000007,Camden';

describe('using it', () => {
  it.each([['import', 'areas'], ['run'], ['user', 'add'], ['team', 'set'], ['demo']])(
    '%s %s explains itself',
    async (...command) => {
      const { code, out } = await run([...command.filter(Boolean), '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: folkmoot ${command.filter(Boolean).join(' ')}`);
      expect(out).toContain('--dry-run');
    },
  );

  it.each([
    [[]],
    [['bogus']],
    [['import']],
    [['import', 'areas']],
    [['import', 'areas', 'x', '--bogus']],
    [['user', 'add', 'a@example.org']],
    [['user', 'add', 'a@example.org', '--post', 'P', '--unit', 'U', '--role', 'king']],
    [['user', 'add', 'nobody', '--post', 'P', '--unit', 'U', '--role', 'admin']],
    [['team', 'set', 'E09000007', '--name', 'N', '--mailbox', 'nobody']],
    [['run', 'unknown']],
  ])('%j ends with 2 and says why', async (args) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });

  it('says when the laptop is not running, whether or not it has been before', async () => {
    const never = await run(['demo'], { FOLKMOOT_DATA: join(folder, 'nowhere') });
    expect(never).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not running: there is no .*npm start/),
    });
    writeEndpoints('http://127.0.0.1:1');
    const killed = await run(['demo']);
    writeEndpoints(url);
    expect(killed).toMatchObject({ code: 2, err: expect.stringMatching(/nothing answers there/) });
  });

  it('asks for the table and the region of a stage', async () => {
    const file = write('stage.csv', list(BELSIZE));
    const import_ = ['import', 'areas', file, '--stage', 'production'];
    expect(await run(import_, {})).toMatchObject({ code: 2, err: expect.stringContaining('AWS_REGION') });
    expect(await run(import_, { AWS_REGION: 'eu-west-2' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--stack-name folkmoot-production-data'),
    });
    const { code } = await run(import_, { AWS_REGION: 'eu-west-2', TABLE_NAME: 'T' });
    expect(code).toBe(0);
  });
});

describe('import areas', () => {
  it('tells what it changed, and the second time that there is nothing to change', async () => {
    const file = write('good.csv', list(BELSIZE));
    expect(await run(['import', 'areas', file])).toEqual({
      code: 0,
      out: '2 added, 0 changed, 0 superseded, 0 unchanged',
      err: '',
    });
    expect((await run(['import', 'areas', file])).out).toBe('0 added, 0 changed, 0 superseded, 2 unchanged');
  });

  it('only tells with --dry-run', async () => {
    const file = write('good.csv', list(BELSIZE));
    const { code, out } = await run(['import', 'areas', '--dry-run', file]);
    expect({ code, out }).toEqual({
      code: 0,
      out: '2 added, 0 changed, 0 superseded, 0 unchanged (dry run: nothing was stored)',
    });
    expect(areas.size).toBe(0);
  });

  it('stores nothing of many files when one place in one of them is refused', async () => {
    const good = write('good.csv', list(BELSIZE));
    const bad = write(
      'bad.csv',
      list('E05013653,Bloomsbury,E09000007,Camden', 'S13002842,Leith,S12000036,Edinburgh'),
    );
    const { code, out, err } = await run(['import', 'areas', good, bad]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${bad}, row 3, column WD25CD: "S13002842"`);
    expect(err).toContain('Nothing was imported: 2 faults to mend.');
    expect(areas.size).toBe(0);
  });

  it('supersedes what a newer list no longer has, and leaves a newer list alone', async () => {
    const older = write('older.csv', list(BELSIZE));
    const newer = write('newer.csv', list('E05099999,Belsize,E09000007,Camden').replaceAll('25', '26'));
    await run(['import', 'areas', older]);
    expect((await run(['import', 'areas', newer])).out).toBe(
      'superseded: E05013652 Belsize, now E05099999\n1 added, 1 changed, 1 superseded, 0 unchanged',
    );
    expect((await run(['import', 'areas', older])).out).toBe(
      'left alone: E09000007, its list of 2026 is newer than the one of 2025\n' +
        '0 added, 0 changed, 0 superseded, 0 unchanged',
    );
  });
});

describe('user add and team set', () => {
  const add = (...more: string[]) =>
    run(['user', 'add', 'New@Example.org', '--post', 'P', '--unit', 'U', ...more]);

  it('adds an account, tells when it is there already, and keeps a suspension', async () => {
    expect(await add('--role', 'auditor')).toMatchObject({ code: 0, out: 'new@example.org added' });
    expect(await add('--role', 'auditor')).toMatchObject({ code: 0, out: 'new@example.org unchanged' });
    accounts.set('new@example.org', {
      ...(accounts.get('new@example.org') as StaffAccount),
      suspended: true,
    });
    expect(await add('--role', 'admin', 'auditor')).toMatchObject({
      code: 0,
      out: 'new@example.org changed',
    });
    expect(accounts.get('new@example.org')).toMatchObject({ suspended: true, roles: ['admin', 'auditor'] });
  });

  it('stores nothing for an area that is not there, or with --dry-run', async () => {
    expect(await add('--role', 'auditor', '--area', 'E09000007')).toMatchObject({
      code: 1,
      err: '--area "E09000007": there is no such area. Import it first.',
    });
    expect(await add('--role', 'auditor', '--dry-run')).toMatchObject({ code: 0 });
    expect(accounts.size).toBe(0);
  });

  it('names the team of an area, and an import keeps it', async () => {
    const file = write('good.csv', list(BELSIZE));
    const set = ['team', 'set', 'E09000007', '--name', 'Camden team', '--mailbox', 'camden@example.org'];
    expect(await run(set)).toMatchObject({ code: 1, err: expect.stringContaining('no such area') });
    await run(['import', 'areas', file]);
    expect((await run(set)).out).toBe('team of E09000007 Camden changed');
    expect((await run(set)).out).toBe('team of E09000007 Camden unchanged');
    await run(['import', 'areas', file]);
    expect(areas.get('E09000007')?.team).toEqual({ name: 'Camden team', mailbox: 'camden@example.org' });
  });
});

describe('run', () => {
  it('tells what came of it', async () => {
    expect(await run(['run', 'good'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('"status": "ok"'),
    });
    expect((await run(['run', 'bad'])).code).toBe(1);
    expect(await run(['run', 'bad', '--dry-run'])).toMatchObject({ code: 0 });
  });
});

describe('demo', () => {
  it('does not touch a store that holds something else', async () => {
    await run(['import', 'areas', write('good.csv', list(BELSIZE))]);
    const before = areas.size;
    expect(await run(['demo'])).toMatchObject({ code: 1, err: expect.stringContaining('empty store only') });
    expect({ areas: areas.size, accounts: accounts.size }).toEqual({ areas: before, accounts: 0 });
  });
});
