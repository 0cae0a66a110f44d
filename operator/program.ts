import { Command, CommanderError } from 'commander';
import { addExportActions } from './commands/export-actions.ts';
import { addExportAudit } from './commands/export-audit.ts';
import { addExportDocuments } from './commands/export-documents.ts';
import { addImportActions } from './commands/import-actions.ts';
import { addImportAreas } from './commands/import-areas.ts';
import { addImportDocuments } from './commands/import-documents.ts';
import { addLoadDemo } from './commands/load-demo.ts';
import { addMail } from './commands/mail.ts';
import { addReadTimescale } from './commands/read-timescale.ts';
import { addRunSchedule } from './commands/run-schedule.ts';
import { addSetTeam } from './commands/set-team.ts';
import { addUnits } from './commands/units.ts';
import { addUsers } from './commands/users.ts';
import { addVerifyAudit } from './commands/verify-audit.ts';
import { type ExitCode, UsageFault } from './exit.ts';
import type { Commands, Tool } from './tool.ts';

const EXITS = `
Exit codes: 0 done, 1 something was refused or went wrong, 2 not used as it is meant.
The laptop is found by FOLKMOOT_DATA (.folkmoot); --stage NAME works on a deployed stage.`;

const makeProgram = (tool: Tool): Command =>
  new Command('folkmoot')
    .description("The operator's tool of Folkmoot.")
    .addHelpText('after', EXITS)
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => tool.terminal.say(text.trimEnd()),
      writeErr: (text) => tool.terminal.warn(text.trimEnd()),
    });

const describeFault = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const exitOf = (fault: unknown, tool: Tool): ExitCode => {
  // Commander has said it already: help that was asked for, or what is wrong with the arguments.
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
  tool.terminal.warn(`folkmoot: ${describeFault(fault)}`);
  return fault instanceof UsageFault ? 2 : 1;
};

/** Runs the tool with the arguments of a command line, without the program's name. Never throws. */
export const runTool = async (args: readonly string[], tool: Tool): Promise<ExitCode> => {
  let code: ExitCode = 0;
  const program = makeProgram(tool);
  const commands: Commands = {
    program,
    tool,
    finish: (ended) => {
      code = ended;
    },
  };
  for (const add of [
    addImportAreas,
    addImportActions,
    addImportDocuments,
    addRunSchedule,
    addUsers,
    addUnits,
    addSetTeam,
    addLoadDemo,
    addVerifyAudit,
    addExportAudit,
    addExportActions,
    addExportDocuments,
    addMail,
    addReadTimescale,
  ])
    add(commands);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (fault) {
    return exitOf(fault, tool);
  }
};
