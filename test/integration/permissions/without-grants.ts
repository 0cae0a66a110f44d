import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClock } from '#infra/local/clock.ts';
import { findFreePort } from '#infra/local/free-port.ts';
import { startLaptop } from '#infra/local/laptop.ts';
import { synthesize } from '#infra/local/template/synthesize.ts';

/** A permission that the CDK grants to a function: `['public-web', 'dynamodb:PutItem']` */
export type Grant = readonly [functionName: string, action: string];

export interface Weakened {
  /** Its FOLKMOOT_DATA. */
  readonly dataDir: string;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../../..');

/** Takes permissions out of a synthesized template, as if a line of the CDK were missing. Throws for one that is not there. */
function removeGrants(folder: string, grants: readonly Grant[]): void {
  const missing = new Set(grants);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.template.json'))) {
    const path = join(folder, file);
    const template = JSON.parse(readFileSync(path, 'utf8')) as Template;
    for (const grant of grants) if (removeFrom(template, grant)) missing.delete(grant);
    writeFileSync(path, JSON.stringify(template));
  }
  if (missing.size > 0) throw new Error(`Nobody was granted ${[...missing].map(String).join(' and ')}.`);
}

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

interface Template {
  Resources: Record<string, Resource>;
}

interface Statement {
  Action: string | string[];
}

function removeFrom({ Resources }: Template, [name, action]: Grant): boolean {
  const all = Object.values(Resources);
  const found = all.find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && Properties.FunctionName === `folkmoot-laptop-${name}`,
  );
  const role = (found?.Properties.Role as { 'Fn::GetAtt': string[] } | undefined)?.['Fn::GetAtt'][0];
  const policies = all.filter(
    ({ Type, Properties }) =>
      Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles) === JSON.stringify([{ Ref: role }]),
  );
  return policies.map(({ Properties }) => removeAction(Properties, action)).includes(true);
}

function removeAction(properties: Record<string, unknown>, action: string): boolean {
  const document = properties.PolicyDocument as { Statement: Statement[] };
  const without = document.Statement.flatMap((statement) => {
    const actions = [statement.Action].flat().filter((candidate) => candidate !== action);
    return actions.length > 0 ? [{ ...statement, Action: actions }] : [];
  });
  const removed = without.flatMap(({ Action }) => Action).length;
  const before = document.Statement.flatMap(({ Action }) => Action).length;
  document.Statement = without;
  return removed < before;
}

/** The product with its accounts and nothing else, on a laptop whose template lacks these grants. */
export async function startWithout(grants: readonly Grant[]): Promise<Weakened> {
  const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-without-'));
  const [port, consolePort] = [await findFreePort(), await findFreePort()];
  const publicUrl = `http://127.0.0.1:${port}`;
  const issuer = `http://127.0.0.1:${consolePort}/issuer`;
  const cloudAssembly = join(dataDir, 'cdk.out');
  await synthesize({ root, folder: cloudAssembly, publicUrl, issuer });
  removeGrants(cloudAssembly, grants);
  const laptop = await startLaptop({
    ...{ cloudAssembly, dataDir, port, consolePort, publicUrl, issuer },
    oidcClientId: 'folkmoot-staff',
    clock: openClock({ file: join(dataDir, 'clock.json') }),
    throttled: false,
    namePrefix: 'folkmoot-laptop-',
    seed: () => addAccounts(dataDir),
    onDeath: (cause) => console.error(cause),
  });
  return {
    dataDir,
    close: async () => {
      await laptop.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function addAccounts(dataDir: string): Promise<boolean> {
  const tool = join(root, 'operator/folkmoot.mjs');
  const env = { ...process.env, FOLKMOOT_DATA: dataDir };
  const child = spawn(process.execPath, [tool, 'demo', '--accounts-only'], { env, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code === 0;
}
