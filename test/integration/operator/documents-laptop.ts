import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { openStore } from '#operator/container.ts';
import { findLaptop } from '#operator/place.ts';
import type { Store } from '#operator/store.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';
import type { Run } from './laptop-store.ts';

const TOOL = fileURLToPath(new URL('../../../operator/folkmoot.mjs', import.meta.url));

/** A laptop that runs, with two boroughs and no documents, and the operator's tool on it. */
export interface DocumentsLaptop {
  readonly laptop: TestLaptop;
  run(...args: readonly string[]): Promise<Run>;
  store(): Promise<Store>;
  documents(): Promise<readonly ArchiveDocument[]>;
  stop(): Promise<void>;
}

export const runTool = (env: Readonly<Record<string, string>>, args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [TOOL, ...args], { env: { ...process.env, ...env } }, (fault, out, err) =>
      resolve({ code: fault ? Number(fault.code) : 0, out, err }),
    );
  });

/** A folder for files of a test, and how they are put there. */
export const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-files-'));
  const write = (name: string, content: string | Uint8Array): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

const AREAS = [
  'WD25CD,WD25NM,LAD25CD,LAD25NM',
  'E05013652,Belsize,E09000007,Camden',
  'E05009370,Dalston,E09000012,Hackney',
].join('\n');

export const startDocumentsLaptop = async (env: Record<string, string> = {}): Promise<DocumentsLaptop> => {
  const laptop = await startLaptop({ env });
  const here = { FOLKMOOT_DATA: laptop.dataDir };
  const store = () => openStore(findLaptop(here));
  const files = aFolder();
  await runTool(here, ['import', 'areas', files.write('areas.csv', AREAS)]);
  files.remove();
  return {
    laptop,
    store,
    run: (...args) => runTool(here, args),
    documents: async () => {
      const documents: ArchiveDocument[] = [];
      for await (const document of (await store()).documents.all()) documents.push(document);
      return documents;
    },
    stop: () => laptop.stop(),
  };
};
