import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Option } from 'commander';
import { NamedAreas } from '#domain/areas/named-areas.ts';
import { type Choice, chooseDocuments } from '#domain/documents/export/choose-documents.ts';
import { type PackedFile, packFiles } from '#domain/documents/export/pack.ts';
import { operator } from '#domain/staff/doer.ts';
import { describeRefusal, quote } from '../area-files/file-refusal.ts';
import type { Buckets } from '../buckets.ts';
import { type Differs, packDocuments } from '../document-files/pack-documents.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import { findPlace } from '../place.ts';
import type { Store } from '../store.ts';
import { type Commands, groupOf, type ReadOptions, reading, type Tool } from '../tool.ts';

interface ExportOptions extends ReadOptions {
  readonly area?: string;
  readonly consultation?: string;
  readonly all?: true;
  readonly to: string;
  readonly versions: 'all' | 'current';
}

/** The tables and the checksums. */
const OTHER_FILES = 3;

/** What a ZIP needs for a file beside its bytes, with its name of at most 240 bytes twice. */
const BYTES_AROUND = 800;

const MEGABYTE = 1_000_000;

const count = (number: number, one: string, several: string): string =>
  `${number} ${number === 1 ? one : several}`;

const bytesOf = (files: readonly PackedFile[]): number =>
  files.reduce((total, { file }) => total + file.bytes, 0);

const checkOptions = async ({ area, consultation, all, to }: ExportOptions): Promise<void> => {
  const named = [area, consultation, all].filter((choice) => choice !== undefined);
  if (named.length !== 1) throw new UsageFault('Say what to export: --area, --consultation or --all.');
  const folder = await stat(dirname(to)).catch(() => null);
  if (!folder?.isDirectory()) throw new UsageFault(`There is no folder for ${quote(to)}.`);
  const there = await stat(to).catch(() => null);
  if (there && !there.isFile()) throw new UsageFault(`${quote(to)} is no file.`);
};

const choiceOf = async ({ areas }: Store, { area, consultation }: ExportOptions): Promise<Choice> => {
  if (consultation !== undefined) return { kind: 'consultation', name: consultation };
  if (area === undefined) return { kind: 'all' };
  const [found, ...others] = new NamedAreas(await areas.directory()).called(area);
  if (!found) throw new UsageFault(`There is no area ${quote(area)}.`);
  if (others.length > 0)
    throw new UsageFault(`Several areas are called ${quote(area)}. Name one by its code.`);
  return { kind: 'area', code: found.code };
};

/** Noted before the first byte leaves, so that what was broken off is in the trail, too. */
const noteInTrail = async (store: Store, choice: Choice, files: readonly PackedFile[]): Promise<void> => {
  const correlationId = store.ids.next();
  const what = choice.kind === 'area' ? choice.code : choice.kind === 'consultation' ? choice.name : null;
  await store.facts.commit([
    store.audit.toRecord({
      ...{ id: store.ids.next(), at: store.clock.now(), actor: operator, deed: 'export documents' },
      record: { kind: 'documents', id: correlationId },
      ...{ before: null, after: null, correlationId },
      change: {
        ...{ by: choice.kind, what, files: files.length, bytes: bytesOf(files) },
        documents: new Set(files.map(({ document }) => document.id)).size,
      },
    }),
  ]);
};

const write = async (
  files: readonly PackedFile[],
  { to }: ExportOptions,
  { store, buckets, terminal }: { readonly store: Store; readonly buckets: Buckets } & Pick<Tool, 'terminal'>,
): Promise<readonly Differs[]> => {
  const { zips } = await import('../files-container.ts');
  const found: Differs[] = [];
  const entries = packDocuments(buckets, files, {
    at: store.clock.now(),
    differs: (file) => found.push(file),
    progress: terminal.progress('Exporting files:', files.length),
  });
  await zips.writeZip(to, entries, () => found.length === 0);
  return found;
};

const fits = async (files: readonly PackedFile[]): Promise<boolean> => {
  const { zips } = await import('../files-container.ts');
  const number = files.length + OTHER_FILES;
  // The tables say some hundred characters of each file, and a long summary of each document.
  return (
    number <= zips.mostFiles && bytesOf(files) * 1.001 + number * (BYTES_AROUND + 8_000) < zips.mostBytes
  );
};

const problems: Readonly<Record<Differs['why'], string>> = {
  missing: 'the archive does not have this file any more.',
  'other-bytes': 'the file is not the one of which the record has the checksum.',
};

const tell = (files: readonly PackedFile[], { to }: ExportOptions, { terminal }: Tool): void => {
  const documents = new Map(files.map(({ document }) => [document.id, document]));
  const withdrawn = [...documents.values()].filter((document) => document.withdrawn).length;
  const size = `${(bytesOf(files) / MEGABYTE).toFixed(1)} MB`;
  terminal.say(
    `${count(documents.size, 'document', 'documents')}, ${count(files.length, 'file', 'files')}, ${size}: ${to}`,
  );
  if (withdrawn > 0)
    terminal.warn(
      `${withdrawn} of them withdrawn: marked in manifest.csv and left out of details.csv, so that no import brings them back.`,
    );
};

const runExport = async (options: ExportOptions, tool: Tool): Promise<ExitCode> => {
  await checkOptions(options);
  const place = await findPlace(options.stage, tool.environment);
  const [store, buckets] = [await tool.openStore(place), await tool.openBuckets(place)];
  const choice = await choiceOf(store, options);
  const documents = await chooseDocuments(store, choice, await store.areas.directory());
  const files = packFiles(documents, options.versions);
  if (files.length === 0) {
    tool.terminal.warn('Nothing was exported: there is no such document.');
    return 1;
  }
  if (!(await fits(files))) {
    tool.terminal.warn('Nothing was exported: it is more than one ZIP holds (4 GB). Export area by area.');
    return 1;
  }
  await noteInTrail(store, choice, files);
  const differing = await write(files, options, { store, buckets, terminal: tool.terminal });
  for (const { path, why } of differing)
    tool.terminal.warn(describeRefusal({ file: path, where: null, problem: problems[why] }));
  if (differing.length > 0) {
    tool.terminal.warn(`Nothing was exported: ${count(differing.length, 'file', 'files')} not as recorded.`);
    return 1;
  }
  tell(files, options, tool);
  return 0;
};

const HELP = `
The ZIP holds documents/ID/VERSION-NAME, details.csv (which import documents reads), manifest.csv (bytes, checksum,
version, audience, by whom and when) and SHA256SUMS (sha256sum -c). An area stands for what lies in it, too. Each file is
compared with the checksum of its record; when one differs there is no ZIP. Withdrawn documents are in it, too: they are
marked in manifest.csv and not in details.csv. With --stage it needs UPLOADS_BUCKET and DOCUMENTS_BUCKET.`;

/** `folkmoot export documents` */
export const addExportDocuments = ({ program, tool, finish }: Commands): void => {
  const group = groupOf(program, 'export', 'hand out what is stored: audit, actions, documents');
  reading(group.command('documents'))
    .description('write documents of the archive with their files into a ZIP')
    .option('--area <code or name>', 'those about this area, or about what lies in it')
    .option('--consultation <name>', 'those of this consultation')
    .option('--all', 'all of them')
    .requiredOption('--to <file>', 'the ZIP')
    .addOption(
      new Option('--versions <which>', 'the current version of each, or all')
        .choices(['current', 'all'])
        .default('current'),
    )
    .addHelpText('after', HELP)
    .action(async (options: ExportOptions) => finish(await runExport(options, tool)));
};
