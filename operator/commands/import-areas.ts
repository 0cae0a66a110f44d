import { type AreaChanges, importAreas } from '#domain/areas/import-areas.ts';
import { describeRefusal } from '../area-files/file-refusal.ts';
import { readAreaFiles } from '../area-files/read-area-files.ts';
import type { ExitCode } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import { type Commands, groupOf, openStoreOf, type Tool, type WriteOptions, writing } from '../tool.ts';

const count = (number: number, one: string, several: string): string =>
  `${number} ${number === 1 ? one : several}`;

const tellChanges = (terminal: Terminal, changes: AreaChanges, dryRun: boolean): void => {
  const { added, changed, superseded, unchanged, older } = changes;
  for (const area of superseded) {
    const by = area.superseded?.by.join(', ');
    terminal.say(`superseded: ${area.code} ${area.name}${by ? `, now ${by}` : ''}`);
  }
  for (const { borough, stored, brought } of older)
    terminal.say(`left alone: ${borough}, its list of ${stored} is newer than the one of ${brought}`);
  const figures = `${added.length} added, ${changed.length} changed, ${superseded.length} superseded, ${unchanged} unchanged`;
  terminal.say(dryRun ? `${figures} (dry run: nothing was stored)` : figures);
};

const runImport = async (files: readonly string[], options: WriteOptions, tool: Tool): Promise<ExitCode> => {
  const { terminal } = tool;
  const dryRun = options.dryRun === true;
  const agreed = await readAreaFiles(files, terminal.progress('Reading files:', files.length));
  if (agreed.refusals.length > 0) {
    for (const refusal of agreed.refusals) terminal.warn(describeRefusal(refusal));
    terminal.warn(`Nothing was imported: ${count(agreed.refusals.length, 'fault', 'faults')} to mend.`);
    return 1;
  }
  if (agreed.repeated > 0)
    terminal.warn(
      `${count(agreed.repeated, 'ward is', 'wards are')} listed more than once, alike; counted once.`,
    );
  const store = await openStoreOf(tool, options);
  let tellStored: ((stored: number) => void) | null = null;
  const changes = await importAreas(store)(agreed.wards, {
    dryRun,
    progress: (stored, of) => {
      tellStored ??= terminal.progress('Storing areas:', of);
      tellStored(stored);
    },
  });
  tellChanges(terminal, changes, dryRun);
  return 0;
};

const HELP = `
A file is a GeoJSON FeatureCollection with the properties WDnnCD, WDnnNM, LADnnCD and LADnnNM, or a CSV file
with columns of these names, for whichever year nn. It holds all wards of its boroughs: a ward that a newer
list no longer has is superseded, not deleted. When anything is refused, nothing is stored.`;

/** `folkmoot import areas FILE...` */
export const addImportAreas = ({ program, tool, finish }: Commands): void => {
  const group = groupOf(program, 'import', 'bring in what others keep: areas, actions, documents');
  writing(group.command('areas'))
    .description('bring in wards and boroughs from files of the Office for National Statistics')
    .argument('<file...>', 'GeoJSON or CSV')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: WriteOptions) => finish(await runImport(files, options, tool)));
};
