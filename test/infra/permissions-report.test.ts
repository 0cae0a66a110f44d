import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openUsage, type Use } from '#infra/local/permissions/usage.ts';
import type { Grant } from '#test/support/permissions/list-grants.ts';
import { readGrants } from '#test/support/permissions/read-grants.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'folkmoot-report-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let grants: Grant[];
beforeAll(async () => {
  grants = await readGrants();
});

/** What somebody did who used a permission; what a wildcard stands for does not matter. */
const useOf = (grant: Grant): Use => ({
  ...grant,
  resource: grant.resource.replaceAll('*', 'something'),
  outcome: 'allowed',
});

function reportOn(uses: readonly Use[]): { status: number | null; output: string } {
  const folder = mkdtempSync(path.join(scratch, 'uses-'));
  const recorder = openUsage(folder);
  for (const use of uses) recorder.note(use);
  const program = path.resolve(import.meta.dirname, '../support/permissions/report.ts');
  const env = { ...process.env, FOLKMOOT_USAGE: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('npm run permissions', () => {
  test('is content when everything that is granted was used', () => {
    const { status, output } = reportOn(grants.map(useOf));
    expect(output).toContain(`${grants.length} granted and used, 0 granted and excepted`);
    expect(status).toBe(0);
  });

  test('fails when one thing is granted that no test used, and names it', () => {
    const [missing, ...others] = grants;
    const { status, output } = reportOn(others.map(useOf));
    expect(output).toContain('✗ never used');
    expect(output).toMatch(new RegExp(`never used +${missing?.function} +${missing?.action}`));
    expect(status).toBe(1);
  });

  test('fails when one thing was refused, and names it', () => {
    const scan = { ...useOf(grants[0] as Grant), action: 'dynamodb:Scan', outcome: 'refused' } as const;
    const { status, output } = reportOn([...grants.map(useOf), scan]);
    expect(output).toMatch(/✗ refused +\S+ +dynamodb:Scan/);
    expect(status).toBe(1);
  });

  test('says what to do when no test has run', () => {
    const { status, output } = reportOn([]);
    expect(output).toContain('Run npm test first.');
    expect(status).toBe(2);
  });
});
