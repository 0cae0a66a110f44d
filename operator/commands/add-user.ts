import { isDeepStrictEqual } from 'node:util';
import { type Command, Option } from 'commander';
import type * as z from 'zod';
import { oneLine } from '#domain/shared/text.ts';
import { addAccount, changeAccount } from '#domain/staff/manage-accounts.ts';
import { describeNewUnit } from '#domain/staff/manage-units.ts';
import { type Role, roleSchema, type StaffAccount, staffAccountSchema } from '#domain/staff/staff.ts';
import { type Unit, unitIdOf, unitSchema } from '#domain/staff/unit.ts';
import { adminPortsOf, operatorDeed } from '../admin-ports.ts';
import { quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import type { Store } from '../store.ts';
import { type Commands, openStoreOf, type Tool, type WriteOptions, writing } from '../tool.ts';
import { dryRunNote, sentenceOf } from './account-words.ts';

/** What an account is for, as options say it. */
export interface DetailOptions extends WriteOptions {
  readonly post: string;
  readonly role: Role[];
  readonly unit: string;
}

interface UserOptions extends DetailOptions {
  readonly area?: string[];
}

interface Wanted {
  readonly account: StaffAccount;
  readonly unit: Unit;
}

const FAULTS: Readonly<Record<string, string>> = {
  email: 'EMAIL is not an e-mail address.',
  post: '--post has 1 to 120 characters.',
  roles: `--role is one of ${roleSchema.options.join(', ')}.`,
  name: '--unit has 1 to 120 characters, letters or digits among them.',
  unit: '--unit has 1 to 120 characters, letters or digits among them.',
  id: '--unit has 1 to 120 characters, letters or digits among them.',
  areas: '--area is a code such as E09000007 or E05013652.',
};

const checked = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: [field] }) => FAULTS[String(field)] ?? String(field));
  throw new UsageFault([...new Set(faults)].join('\n'));
};

/** The account that is wanted, and its unit if that has to be made. Throws a `UsageFault` for what cannot be. */
export const readWanted = (email: string, options: UserOptions): Wanted => {
  const name = oneLine(options.unit);
  const unit = checked(unitSchema, {
    id: unitIdOf(name),
    name,
    areas: options.area ?? [],
    head: null,
    version: 1,
  });
  const account = checked(staffAccountSchema, {
    email,
    post: oneLine(options.post),
    roles: options.role,
    unit: unit.id,
    status: 'active',
    invitation: null,
    identity: null,
    version: 1,
  });
  return { account, unit };
};

const complainOfAreas = async (store: Store, { unit }: Wanted, { terminal }: Tool): Promise<boolean> => {
  const directory = await store.areas.directory();
  const unknown = unit.areas.filter((code) => directory.find(code) === null);
  for (const code of unknown) terminal.warn(`--area ${quote(code)}: there is no such area. Import it first.`);
  const there = await store.units.find(unit.id);
  const differs = there && unit.areas.length > 0 && !isDeepStrictEqual(there.areas, unit.areas);
  if (differs)
    terminal.warn(
      `--area: the unit ${quote(there.name)} covers ${there.areas.join(', ') || 'no areas'}. ` +
        `Leave the option out, or change the unit first.`,
    );
  return unknown.length > 0 || Boolean(differs);
};

const settle = async (
  store: Store,
  { account: { email, post, roles, unit: unitId }, unit }: Wanted,
  before: StaffAccount | null,
  options: UserOptions,
) => {
  const ports = adminPortsOf(store, options);
  const deed = operatorDeed(store);
  const isNewUnit = (await store.units.find(unit.id)) === null;
  const besides = isNewUnit ? describeNewUnit(ports, unit, deed) : [];
  const details = { post, roles, unit: unitId };
  return before
    ? changeAccount(ports)(email, details, { ...deed, version: before.version }, besides)
    : addAccount(ports)({ email, ...details }, deed, besides);
};

const addUser = async (email: string, options: UserOptions, tool: Tool): Promise<ExitCode> => {
  const wanted = readWanted(email, options);
  const store = await openStoreOf(tool, options);
  if (await complainOfAreas(store, wanted, tool)) return 1;
  const before = await store.staff.find(wanted.account.email);
  const settled = await settle(store, wanted, before, options);
  if (!settled.ok) {
    tool.terminal.warn(`${wanted.account.email}: ${sentenceOf(settled.error)}`);
    return 1;
  }
  const change =
    before === null ? 'added' : isDeepStrictEqual(before, settled.value) ? 'unchanged' : 'changed';
  tool.terminal.say(`${wanted.account.email} ${change}${dryRunNote(options.dryRun)}`);
  return 0;
};

/** Adds the options that say what an account is for. */
export const detailing = (command: Command): Command =>
  command
    .argument('<email>', 'the address by which the sign-in service knows the account')
    .requiredOption('--post <text>', 'the post that the account stands for')
    .addOption(
      new Option('--role <role...>', 'what the account may do')
        .choices(roleSchema.options)
        .makeOptionMandatory(),
    );

/** `folkmoot user add EMAIL ...` */
export const addAddUser = (group: Command, { tool, finish }: Commands): void => {
  detailing(writing(group.command('add')))
    .description('add an account that is in use at once, without a mail, or change the one that is there')
    .requiredOption('--unit <text>', 'the unit of the post; a new one is made')
    .option('--area <code...>', 'boroughs and wards that the unit covers, when the unit is new')
    .action(async (email: string, options: UserOptions) => finish(await addUser(email, options, tool)));
};
