import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Inventory, readInventory } from '#infra/local/template.ts';

export interface Template {
  Resources: Record<string, unknown>;
  [section: string]: unknown;
}

/** The asset that every template here may refer to. */
export const code = { S3Bucket: 'assets', S3Key: 'code.zip' };

/** Reads templates, each of which is a stack: `stack-0` and so on. */
export function readTemplates(...templates: Template[]): Inventory {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-template-'));
  try {
    const artifacts: Record<string, object> = {
      assets: { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
    };
    for (const [at, template] of templates.entries()) {
      const templateFile = `stack-${at}.template.json`;
      writeFileSync(join(folder, templateFile), JSON.stringify(template));
      const environment = 'aws://unknown-account/eu-west-2';
      artifacts[`stack-${at}`] = {
        ...{ type: 'aws:cloudformation:stack', environment },
        properties: { templateFile },
      };
    }
    const files = {
      code: { source: { path: 'code' }, destinations: { here: { objectKey: code.S3Key } } },
    };
    writeFileSync(join(folder, 'assets.json'), JSON.stringify({ files }));
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    return readAssembly(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const readAssembly = (folder: string): Inventory =>
  readInventory(folder, {
    accountId: '000000000000',
    namePrefix: 'app-',
    queueUrl: (name) => `http://127.0.0.1:1/000000000000/${name}`,
  });
