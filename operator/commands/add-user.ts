import { isDeepStrictEqual } from 'node:util';
import { Option } from 'commander';
import { oneLine } from '#domain/shared/text.ts';
import { type Role, roleSchema, type StaffAccount, staffAccountSchema } from '#domain/staff/staff.ts';
import { quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import { type Commands, openStoreOf, type Tool, type WriteOptions, writing } from '../tool.ts';

interface UserOptions extends WriteOptions {
  readonly post: string;
  readonly role: Role[];
  readonly unit: string;
  readonly area?: string[];
}

const FAULTS: Readonly<Record<keyof StaffAccount, string>> = {
  email: 'EMAIL is not an e-mail address.',
  post: '--post has 1 to 120 characters.',
  roles: `--role is one of ${roleSchema.options.join(', ')}.`,
  unit: '--unit has 1 to 120 characters.',
  areas: '--area is a code such as E09000007 or E05013652.',
  suspended: '',
};

const isField = (name: unknown): name is keyof StaffAccount =>
  typeof name === 'string' && Object.hasOwn(FAULTS, name);

const checkAccount = (email: string, options: UserOptions): StaffAccount => {
  const { post, role: roles, unit, area: areas = [] } = options;
  const parsed = staffAccountSchema.safeParse({
    email,
    post: oneLine(post),
    roles,
    unit: oneLine(unit),
    areas,
    suspended: false,
  });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap(({ path: [field] }) => (isField(field) ? FAULTS[field] : []));
  throw new UsageFault([...new Set(faults)].join('\n'));
};

const addUser = async (email: string, options: UserOptions, tool: Tool): Promise<ExitCode> => {
  const wanted = checkAccount(email, options);
  const store = await openStoreOf(tool, options);
  const directory = await store.areas.directory();
  const unknown = wanted.areas.filter((code) => directory.find(code) === null);
  for (const code of unknown)
    tool.terminal.warn(`--area ${quote(code)}: there is no such area. Import it first.`);
  if (unknown.length > 0) return 1;
  const before = await store.staff.find(wanted.email);
  // Who was suspended stays so: that is another decision than what their account is for.
  const account = { ...wanted, suspended: before?.suspended ?? false };
  const change = before === null ? 'added' : isDeepStrictEqual(before, account) ? 'unchanged' : 'changed';
  if (!options.dryRun && change !== 'unchanged') await store.staff.save(account);
  tool.terminal.say(`${account.email} ${change}${options.dryRun ? ' (dry run: nothing was stored)' : ''}`);
  return 0;
};

/** `folkmoot user add EMAIL ...` */
export const addAddUser = ({ program, tool, finish }: Commands): void => {
  const roles = roleSchema.options;
  const group = program.command('user').description('accounts of those who work here: add');
  writing(group.command('add'))
    .description('add an account, or change the one that is there')
    .argument('<email>', 'the address by which the sign-in service knows the account')
    .requiredOption('--post <text>', 'the post that the account stands for')
    .addOption(new Option('--role <role...>', 'what the account may do').choices(roles).makeOptionMandatory())
    .requiredOption('--unit <text>', 'the unit of the post')
    .option('--area <code...>', 'boroughs and wards that the unit covers')
    .action(async (email: string, options: UserOptions) => finish(await addUser(email, options, tool)));
};
