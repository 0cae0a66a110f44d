import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { runTool } from '#operator/program.ts';
import type { Store } from '#operator/store.ts';
import { asNew, DAY, entryAt, openTrail } from '#test/unit/domain/audit/world.ts';

const folder = mkdtempSync(`${tmpdir()}/folkmoot-audit-`);
afterAll(() => rmSync(folder, { recursive: true }));

let trail: ReturnType<typeof openTrail>;
beforeEach(async () => {
  trail = openTrail();
  await trail.write(entryAt(0), entryAt(10, { deed: '=cmd' }));
});

const run = async (...args: string[]) => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runTool([...args, '--stage', 'test'], {
    terminal: {
      say: (line) => out.push(`${line}\n`),
      warn: (line) => err.push(line),
      pour: async (text) => {
        out.push(text);
      },
      progress: () => () => {},
    },
    environment: { AWS_REGION: 'eu-west-2', TABLE_NAME: 'T' },
    openBuckets: () => Promise.reject(new Error('It opens no buckets')),
    openStore: async () => trail as Partial<Store> as Store,
  });
  return { code, out: out.join(''), err: err.join('\n') };
};

describe('audit verify', () => {
  it('ends with 0 when all is as it was written, from the first sealed day to today', async () => {
    trail.clock.set('2026-11-25T09:00:00.000Z');
    const { code, out } = await run('audit', 'verify');
    expect(out).toBe('2026-11-23 to 2026-11-25: 2 entries, 2 seals, 0 still to be sealed, 0 faults\n');
    expect(code).toBe(0);
  });

  it('ends with 1, and names the day and the entry', async () => {
    const inserted = entryAt(5);
    await trail.record(inserted);
    const { code, out, err } = await run('audit', 'verify', '--from', DAY, '--to', DAY);
    expect(out).toContain(`2026-11-23  not-sealed  entry ${asNew(inserted).key}\n`);
    expect(err).toContain('docs/runbooks/audit-verification-failed.md');
    expect(code).toBe(1);
  });

  it('prints lines for programs', async () => {
    await trail.record(entryAt(5));
    const { out } = await run('audit', 'verify', '--json');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { day: DAY, entry: expect.any(String), fault: 'not-sealed', number: null },
      {
        ...{ day: DAY, entries: 3, sealed: 2, waiting: 0, faults: 1 },
        hash: (await trail.seals.head(DAY))?.hash,
      },
    ]);
  });

  it.each([
    ['--from', 'yesterday'],
    ['--to', '2026-02-30'],
    ['--from', '2027-01-01', '--to', '2026-01-01'],
  ])('%s %s is no use of it', async (...days) => {
    expect(await run('audit', 'verify', ...days)).toMatchObject({ code: 2, out: '' });
  });
});

describe('export audit', () => {
  it('writes CSV that no spreadsheet runs', async () => {
    const { code, out } = await run('export', 'audit', '--from', DAY, '--to', '2026-11-24');
    const rows = out.trimEnd().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^at,actor,address,deed,/);
    expect(rows[2]).toContain(",'=cmd,");
    expect(code).toBe(0);
  });

  it('asks for its days', async () => {
    expect(await run('export', 'audit', '--from', DAY)).toMatchObject({ code: 2 });
  });
});
