import { isDeepStrictEqual } from 'node:util';
import { emailAddressSchema, oneLine } from '#domain/shared/text.ts';
import { quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import { type Commands, openStoreOf, type Tool, type WriteOptions, writing } from '../tool.ts';

interface TeamOptions extends WriteOptions {
  readonly name: string;
  readonly mailbox: string;
}

const setTeam = async (code: string, options: TeamOptions, tool: Tool): Promise<ExitCode> => {
  const mailbox = emailAddressSchema.safeParse(options.mailbox);
  const name = oneLine(options.name);
  if (!mailbox.success) throw new UsageFault(`--mailbox ${quote(options.mailbox)} is not an e-mail address.`);
  if (name === '') throw new UsageFault('--name is empty.');
  const store = await openStoreOf(tool, options);
  const area = await store.areas.find(code);
  if (!area) {
    tool.terminal.warn(`${quote(code)}: there is no such area. Import it first.`);
    return 1;
  }
  const team = { name, mailbox: mailbox.data };
  const change = isDeepStrictEqual(area.team, team) ? 'unchanged' : 'changed';
  if (!options.dryRun && change === 'changed') await store.areas.save([{ ...area, team }]);
  const note = options.dryRun ? ' (dry run: nothing was stored)' : '';
  tool.terminal.say(`team of ${area.code} ${area.name} ${change}${note}`);
  return 0;
};

/** `folkmoot team set AREA ...` */
export const addSetTeam = ({ program, tool, finish }: Commands): void => {
  const group = program.command('team').description('local teams and their mailboxes: set');
  writing(group.command('set'))
    .description('name the team of a borough or ward, and its shared mailbox')
    .argument('<area>', 'the code of the area, such as E09000007')
    .requiredOption('--name <text>', 'what the team is called')
    .requiredOption('--mailbox <email>', 'where notices go, and replies to answers')
    .action(async (code: string, options: TeamOptions) => finish(await setTeam(code, options, tool)));
};
