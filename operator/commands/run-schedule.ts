import * as z from 'zod';
import { type ExitCode, UsageFault } from '../exit.ts';
import { findLaptop, requireRunning } from '../place.ts';
import type { Commands, Tool } from '../tool.ts';

const schedulesSchema = z.array(z.object({ name: z.string(), next: z.string().nullish() }));

const runSchema = z.object({ status: z.string(), durationMs: z.number(), result: z.unknown() });

const ask = async (url: string, method: 'GET' | 'POST'): Promise<unknown> => {
  const response = await fetch(url, { method });
  if (!response.ok) throw new Error(`${method} ${url} was answered with ${response.status}`);
  return response.json();
};

interface RunOptions {
  readonly dryRun?: true;
}

const runSchedule = async (name: string, options: RunOptions, tool: Tool): Promise<ExitCode> => {
  const { consoleUrl } = await requireRunning(findLaptop(tool.environment));
  const schedules = schedulesSchema.parse(await ask(`${consoleUrl}/schedules`, 'GET'));
  const schedule = schedules.find((known) => known.name === name);
  if (!schedule) {
    const known = schedules.map((each) => each.name).join(', ');
    throw new UsageFault(`There is no schedule "${name}". Schedules: ${known}.`);
  }
  if (options.dryRun) {
    tool.terminal.say(`${name} would run now; by itself it runs next at ${schedule.next ?? 'no time'}`);
    return 0;
  }
  const run = runSchema.parse(await ask(`${consoleUrl}/schedules/${encodeURIComponent(name)}/run`, 'POST'));
  tool.terminal.say(JSON.stringify(run, null, 2));
  return run.status === 'ok' ? 0 : 1;
};

/** `folkmoot run SCHEDULE` */
export const addRunSchedule = ({ program, tool, finish }: Commands): void => {
  program
    .command('run')
    .description('run one of the laptop’s schedules now, and wait until it has finished')
    .argument('<schedule>', 'its name, such as mail-area-digests')
    .option('--dry-run', 'tell what would run, and run nothing')
    .addHelpText('after', '\nOn a deployed stage the function is invoked with: aws lambda invoke')
    .action(async (name: string, options: RunOptions) => finish(await runSchedule(name, options, tool)));
};
