import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '#infra/local/template/synthesize.ts';
import { readInventory } from '#infra/local/template.ts';
import { root } from '../gate/run-command.ts';
import { type Grant, listGrants } from './list-grants.ts';

/** What the template of the laptop grants, as a laptop reads it: the app is synthesized when it has changed. */
export async function readGrants(): Promise<Grant[]> {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-permissions-'));
  try {
    const url = 'http://127.0.0.1:3000';
    await synthesize({ root, folder, publicUrl: url, issuer: `${url}/issuer` });
    const queueUrl = (name: string) => `${url}/${name}`;
    const names = { accountId: '000000000000', namePrefix: 'folkmoot-laptop-' };
    return listGrants(readInventory(folder, { ...names, queueUrl }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
