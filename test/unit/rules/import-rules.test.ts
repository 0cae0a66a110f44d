import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What every bad import must be refused by: importing file, imported specifier, rule. */
const refused: readonly (readonly [from: string, specifier: string, rule: string])[] = [
  ['domain/areas/a1.ts', '#adapters/dynamo/areas.ts', 'domain-is-pure'],
  ['domain/areas/a2.ts', 'node:crypto', 'domain-is-pure'],
  ['domain/areas/a3.ts', '@aws-sdk/client-s3', 'domain-is-pure'],
  ['domain/areas/a4.ts', 'nunjucks', 'domain-is-pure'],
  ['domain/areas/a5.ts', '../../web/paths.ts', 'domain-is-pure'],
  ['adapters/dynamo/b1.ts', '#web/paths.ts', 'adapters-serve-the-domain'],
  ['adapters/dynamo/b2.ts', '#functions/send-mail/config.ts', 'adapters-serve-the-domain'],
  ['web/areas/c1.ts', '#adapters/dynamo/areas.ts', 'web-knows-only-the-domain'],
  ['web/areas/c2.ts', 'nodemailer', 'web-knows-only-the-domain'],
  ['web/areas/c3.ts', '#functions/send-mail/config.ts', 'web-knows-only-the-domain'],
  ['web/areas/c4.ts', 'node:fs/promises', 'web-does-no-io'],
  ['functions/public-web/d1.ts', '#functions/send-mail/config.ts', 'functions-share-nothing'],
  ['functions/public-web/d2.ts', '../send-mail/config.ts', 'functions-share-nothing'],
  ['functions/public-web/d3.ts', '#infra/stages.ts', 'functions-know-no-infrastructure'],
  ['functions/public-web/handler.ts', '#adapters/dynamo/areas.ts', 'only-containers-construct-adapters'],
  ['functions/public-web/pages/container.ts', '#adapters/s3/files.ts', 'only-containers-construct-adapters'],
  ['operator/import-areas.ts', '#adapters/dynamo/areas.ts', 'only-containers-construct-adapters'],
  ['infra/stacks/e1.ts', '#domain/areas/area.ts', 'infra-knows-names-and-paths'],
  ['infra/stacks/e2.ts', '#web/paths.ts', 'infra-knows-names-and-paths'],
  ['infra/local/e3.ts', '#operator/names.ts', 'infra-knows-names-and-paths'],
  ['operator/f1.ts', '#infra/stages.ts', 'operator-uses-the-domain'],
  ['operator/f2.ts', '#functions/send-mail/config.ts', 'operator-uses-the-domain'],
  ['infra/stacks/g1.ts', '#infra/local/ports.ts', 'laptop-stays-on-the-laptop'],
  ['infra/local/g2.ts', '#infra/stacks/data-stack.ts', 'laptop-reads-the-template'],
  ['functions/send-mail/container.ts', '#adapters/memory/areas.ts', 'fakes-are-for-tests'],
  ['adapters/dynamo/h1.ts', '#adapters/memory/areas.ts', 'fakes-are-for-tests'],
  ['domain/areas/i1.ts', '#test/support/clock.ts', 'tests-are-for-tests'],
  ['infra/local/i2.ts', '#test/support/clock.ts', 'tests-are-for-tests'],
  ['functions/send-mail/j1.ts', '@aws-sdk/client-s3', 'sdk-only-in-adapters'],
  ['infra/stacks/j2.ts', '@aws-sdk/client-s3', 'sdk-only-in-adapters'],
  ['operator/container.ts', '@smithy/signature-v4', 'sdk-only-in-adapters'],
  ['functions/send-mail/k1.ts', 'aws-cdk-lib', 'cdk-only-in-infra'],
  ['adapters/dynamo/l1.ts', 'fast-check', 'no-development-packages'],
  ['adapters/dynamo/m1.ts', 'left-behind', 'no-undeclared-packages'],
  ['domain/areas/n1.ts', './n2.ts', 'no-cycles'],
  ['web/areas/o1.ts', '#domain/areas/gone.ts', 'no-unresolvable'],
];

/** What architecture.md allows, and the rules must let pass. */
const allowed: readonly (readonly [from: string, specifier: string])[] = [
  ['domain/areas/area.ts', 'zod'],
  ['domain/areas/day.ts', 'temporal-polyfill'],
  ['domain/areas/list.ts', '#domain/areas/area.ts'],
  ['adapters/dynamo/areas.ts', '@aws-sdk/client-s3'],
  ['adapters/dynamo/names.ts', '#domain/areas/area.ts'],
  ['adapters/dynamo/hash.ts', 'node:crypto'],
  ['adapters/memory/areas.ts', '#domain/areas/area.ts'],
  ['adapters/s3/files.ts', 'nodemailer'],
  ['web/paths.ts', '#domain/areas/area.ts'],
  ['web/http/router.ts', '@middy/http-router'],
  ['web/http/csrf.ts', 'node:crypto'],
  ['web/areas/view.ts', '#build/templates.js'],
  ['functions/send-mail/config.ts', 'zod'],
  ['functions/open-data/container.ts', '#adapters/dynamo/areas.ts'],
  ['functions/open-data/export-container.ts', '#adapters/dynamo/areas.ts'],
  ['functions/open-data/handler.ts', './container.ts'],
  ['functions/open-data/routes.ts', '#web/paths.ts'],
  ['functions/open-data/worker.ts', '#adapters/triggers/queue-handler.ts'],
  ['adapters/triggers/queue-handler.ts', '@middy/http-router'],
  ['infra/stages.ts', 'node:path'],
  ['infra/stacks/data-stack.ts', 'aws-cdk-lib'],
  ['infra/local/ports.ts', '@aws-sdk/client-s3'],
  ['infra/local/start.ts', './ports.ts'],
  ['operator/names.ts', '#domain/areas/area.ts'],
  ['test/support/clock.ts', '#adapters/memory/areas.ts'],
  ['test/unit/clock.ts', 'fast-check'],
  ['test/integration/laptop.ts', '#infra/local/start.ts'],
];

const packages = [
  'zod',
  'temporal-polyfill',
  '@aws-sdk/client-s3',
  '@smithy/signature-v4',
  '@middy/http-router',
  'aws-cdk-lib',
  'nunjucks',
  'nodemailer',
  'fast-check',
  'left-behind',
];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

interface Cruise {
  readonly violations: readonly Violation[];
  readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
}

let house: string;
let summary: Cruise;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'import-rules-'));
  await cp(join(root, 'package.json'), join(house, 'package.json'));
  for (const name of packages) await writePackage(name);
  await write('build/templates.js', 'export default 1;\n');
  await write('domain/areas/n2.ts', "import './n1.ts';\n");
  for (const [from, specifier] of [...allowed, ...refused]) await write(from, `import '${specifier}';\n`);
  summary = await cruise();
}, 60_000);

afterAll(() => rm(house, { recursive: true, force: true }));

describe('the import rules', () => {
  test.each(refused)('%s may not import %s: %s', (from, _specifier, rule) => {
    expect(violationsOf(from).map(({ rule }) => rule.name)).toContain(rule);
  });

  test.each(allowed)('%s may import %s', (from) => {
    expect(violationsOf(from)).toEqual([]);
  });

  test('every rule is proved by a bad import', () => {
    const names = summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect([...new Set(refused.map(([, , rule]) => rule))].sort()).toEqual(names.sort());
  });

  test('a type from the wrong room is refused too', async () => {
    await write('domain/areas/type-only.ts', "import type { Row } from '#adapters/dynamo/areas.ts';\n");
    const { violations } = await cruise();
    expect(violations.find(({ from }) => from === 'domain/areas/type-only.ts')?.rule.name).toBe(
      'domain-is-pure',
    );
  }, 60_000);
});

function violationsOf(file: string): readonly Violation[] {
  return summary.violations.filter(({ from }) => from === file);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(house, path)), { recursive: true });
  await writeFile(join(house, path), text);
}

async function writePackage(name: string): Promise<void> {
  await write(
    `node_modules/${name}/package.json`,
    JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
  );
  await write(`node_modules/${name}/index.js`, 'module.exports = {};\n');
}

async function cruise(): Promise<Cruise> {
  const rooms = ['domain', 'adapters', 'web', 'functions', 'infra', 'operator', 'test'];
  const bin = join(root, 'node_modules/.bin/depcruise');
  const rules = join(root, '.dependency-cruiser.mjs');
  const run = promisify(execFile)(
    process.execPath,
    [bin, '--config', rules, '--output-type', 'json', ...rooms],
    { cwd: house, maxBuffer: 32 * 1024 * 1024 },
  );
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  if (stdout === '') throw new Error(`depcruise said nothing but: ${stderr}`);
  return JSON.parse(stdout).summary;
}
