import type { Command } from 'commander';
import type { Buckets } from './buckets.ts';
import type { ExitCode } from './exit.ts';
import { findPlace, type Place } from './place.ts';
import type { Store } from './store.ts';
import type { Terminal } from './terminal.ts';

/** What the tool works with; a test hands it something else. */
export interface Tool {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Opens what is stored there. Called when everything that can be checked without it was checked. */
  openStore(place: Place): Promise<Store>;
  /** Opens the files that go with it. Throws a `UsageFault` where nobody says where they are. */
  openBuckets(place: Place): Promise<Buckets>;
}

/** What a command adds itself to: `finish` takes the exit code of its action. */
export interface Commands {
  readonly program: Command;
  readonly tool: Tool;
  finish(code: ExitCode): void;
}

/** What every command that writes understands. */
export interface WriteOptions {
  readonly stage?: string;
  readonly dryRun?: true;
}

/** What every command that only reads understands. */
export interface ReadOptions {
  readonly stage?: string;
}

const STAGE = 'work on a deployed stage, not on the laptop (needs TABLE_NAME and AWS_REGION)';

/** Adds the options of a command that only reads. */
export const reading = (command: Command): Command => command.option('--stage <name>', STAGE);

/** Adds the options of a command that writes. */
export const writing = (command: Command): Command =>
  reading(command).option('--dry-run', 'tell what would happen, and store nothing');

/** The command under which others are gathered (`import areas`, `import actions`): made by whoever comes first. */
export const groupOf = (program: Command, name: string, description: string): Command =>
  program.commands.find((command) => command.name() === name) ??
  program.command(name).description(description);

/** The store where a command is meant to work. */
export const openStoreOf = async (tool: Tool, options: ReadOptions): Promise<Store> =>
  tool.openStore(await findPlace(options.stage, tool.environment));
