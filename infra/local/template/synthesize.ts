import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Stand for the addresses until the ports are known; nothing resolves them. */
const PUBLIC_URL = 'http://public.folkmoot-laptop.invalid';
const ISSUER = 'http://issuer.folkmoot-laptop.invalid/issuer';

const KEEP = 4;

/**
 * Synthesizes the CDK app for the laptop into `folder`, with the given addresses in it. The result of a synthesis
 * is kept in build/ under a digest of all that went into it, because it takes seconds.
 */
export async function synthesize(options: {
  root: string;
  folder: string;
  publicUrl: string;
  issuer: string;
}): Promise<void> {
  const { root, folder } = options;
  const kept = join(root, 'build', `cdk.out-${digestInputs(root)}`);
  if (existsSync(kept)) utimesSync(kept, new Date(), new Date());
  else await synthesizeInto(root, kept);
  rmSync(folder, { recursive: true, force: true });
  // Zip files are for the CDK's own deployment helpers, which the laptop does not run.
  cpSync(kept, folder, { recursive: true, filter: (source) => !source.endsWith('.zip') });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.template.json'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(
      join(folder, name),
      text.replaceAll(PUBLIC_URL, options.publicUrl).replaceAll(ISSUER, options.issuer),
    );
  }
}

async function synthesizeInto(root: string, kept: string): Promise<void> {
  const partial = `${kept}.${randomUUID()}`;
  try {
    await run(process.execPath, [join(root, 'infra/bin/folkmoot.ts')], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        CDK_OUTDIR: partial,
        CDK_CONTEXT_JSON: JSON.stringify({ stage: 'laptop', publicUrl: PUBLIC_URL, oidcIssuer: ISSUER }),
      },
    });
    renameSync(partial, kept);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (existsSync(kept)) return;
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new Error(`The CDK app does not synthesize.\n${`${stdout}${stderr}`.slice(-4_000)}`);
  }
  forgetOld(join(root, 'build'));
}

function forgetOld(build: string): void {
  const folders = readdirSync(build)
    .filter((name) => name.startsWith('cdk.out-'))
    .map((name) => join(build, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of folders.slice(KEEP)) rmSync(folder, { recursive: true, force: true });
}

/** Everything that the result depends on: the app, its settings, the bundles and the assets. */
function digestInputs(root: string): string {
  const hash = createHash('sha256');
  const files = [
    ...listFiles(join(root, 'infra')).filter(
      (file) => !relative(root, file).startsWith(join('infra', 'local')),
    ),
    ...listFiles(join(root, 'build/functions')),
    ...listFiles(join(root, 'build/layers')),
    ...listFiles(join(root, 'build/assets')),
    join(root, 'cdk.json'),
    join(root, 'package-lock.json'),
  ];
  for (const file of files.sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && basename(entry.name) !== '.DS_Store')
    .map((entry) => join(entry.parentPath, entry.name));
}
