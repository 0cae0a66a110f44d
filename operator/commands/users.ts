import { type Command, InvalidArgumentError, Option } from 'commander';
import { emailAddressSchema } from '#domain/shared/text.ts';
import type { AccountPorts, AdminChange } from '#domain/staff/account-deed.ts';
import { inviteAgain, inviteStaff, releaseIdentity } from '#domain/staff/invite.ts';
import { restoreAccount, suspendAccount } from '#domain/staff/manage-accounts.ts';
import { releaseReasons, restorationReasons, suspensionReasons } from '#domain/staff/reasons.ts';
import {
  type Role,
  roleSchema,
  type StaffAccount,
  sameDetails,
  staffAccountSchema,
} from '#domain/staff/staff.ts';
import { unitIdOf } from '#domain/staff/unit.ts';
import { adminPortsOf, INVITATION_DAYS, operatorDeed } from '../admin-ports.ts';
import { quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import {
  type Commands,
  openStoreOf,
  type ReadOptions,
  reading,
  type Tool,
  type WriteOptions,
  writing,
} from '../tool.ts';
import { dryRunNote, sentenceOf } from './account-words.ts';
import { addAddUser, type DetailOptions, detailing, readWanted } from './add-user.ts';

const readEmail = (typed: string): string => {
  const email = emailAddressSchema.safeParse(typed);
  if (!email.success) throw new UsageFault(`${quote(typed)} is not an e-mail address.`);
  return email.data;
};

const readDays = (typed: string): number => {
  const days = Number(typed);
  if (Number.isInteger(days) && days >= 1 && days <= 60) return days;
  throw new InvalidArgumentError('It is a number of days from 1 to 60.');
};

const invite = async (
  typed: string,
  options: DetailOptions & { readonly days: number },
  tool: Tool,
): Promise<ExitCode> => {
  const { email, post, roles, unit } = readWanted(typed, options).account;
  const store = await openStoreOf(tool, options);
  const ports = adminPortsOf(store, options, options.days);
  const there = await store.staff.find(email);
  const deed = operatorDeed(store);
  const isAgain = there?.status === 'invited' && there.identity === null;
  if (isAgain && !sameDetails(there, { post, roles, unit })) {
    tool.terminal.warn(
      `${email}: is invited already, with another post, unit or other roles. ` +
        'Change the account first (folkmoot user add), then invite again.',
    );
    return 1;
  }
  const invited = isAgain
    ? await inviteAgain(ports)(email, { ...deed, version: there.version })
    : await inviteStaff(ports)({ email, post, roles, unit }, deed);
  if (!invited.ok) {
    tool.terminal.warn(`${email}: ${sentenceOf(invited.error)}`);
    return 1;
  }
  const until = invited.value.invitation?.endsAt ?? '';
  tool.terminal.say(`${email} invited${isAgain ? ' again' : ''} until ${until}${dryRunNote(options.dryRun)}`);
  return 0;
};

interface ReasonOptions<Reason> extends WriteOptions {
  readonly reason: Reason;
}

type Deed<Reason> = (
  ports: AccountPorts,
) => (
  email: string,
  reason: Reason,
  deed: AdminChange,
) => Promise<
  | { readonly ok: true; readonly value: StaffAccount }
  | { readonly ok: false; readonly error: { readonly name: string } }
>;

const carryOut = async <Reason>(
  typed: string,
  options: ReasonOptions<Reason>,
  { act, done }: { readonly act: Deed<Reason>; readonly done: string },
  tool: Tool,
): Promise<ExitCode> => {
  const email = readEmail(typed);
  const store = await openStoreOf(tool, options);
  const account = await store.staff.find(email);
  const change = { ...operatorDeed(store), version: account?.version ?? 0 };
  const outcome = await act(adminPortsOf(store, options))(email, options.reason, change);
  if (!outcome.ok) {
    tool.terminal.warn(`${email}: ${sentenceOf(outcome.error)}`);
    return 1;
  }
  tool.terminal.say(`${email} ${done}${dryRunNote(options.dryRun)}`);
  return 0;
};

const addDeed = <Reason extends string>(
  group: Command,
  { tool, finish }: Commands,
  name: string,
  about: string,
  reasons: readonly Reason[],
  deed: { readonly act: Deed<Reason>; readonly done: string },
): void => {
  writing(group.command(name))
    .description(about)
    .argument('<email>', 'the address of the account')
    .addOption(
      new Option('--reason <word>', 'why; the audit trail keeps it').choices(reasons).makeOptionMandatory(),
    )
    .action(async (email: string, options: ReasonOptions<Reason>) =>
      finish(await carryOut(email, options, deed, tool)),
    );
};

interface ListOptions extends ReadOptions {
  readonly unit?: string;
  readonly status?: StaffAccount['status'];
  readonly role?: Role;
}

const PAGE = 200;

const list = async (options: ListOptions, tool: Tool): Promise<ExitCode> => {
  const store = await openStoreOf(tool, options);
  const filter = {
    unit: options.unit === undefined ? undefined : unitIdOf(options.unit),
    status: options.status,
    role: options.role,
  };
  let after: string | null = null;
  do {
    const page = await store.staff.list({ after, size: PAGE }, filter);
    for (const { email, status, roles, unit, post } of page.items)
      tool.terminal.say([email, status, roles.join(','), unit, post].join('\t'));
    after = page.next;
  } while (after !== null);
  return 0;
};

const show = async (typed: string, options: ReadOptions, tool: Tool): Promise<ExitCode> => {
  const email = readEmail(typed);
  const store = await openStoreOf(tool, options);
  const account = await store.staff.find(email);
  if (!account) {
    tool.terminal.warn(`${email}: there is no account with this address.`);
    return 1;
  }
  const unit = await store.units.find(account.unit);
  const { post, roles, status, invitation, identity } = account;
  const lines = { email, post, unit: unit?.name ?? account.unit, roles: roles.join(', '), status };
  for (const [name, value] of Object.entries(lines)) tool.terminal.say(`${name}: ${value}`);
  if (invitation) tool.terminal.say(`invited until: ${invitation.endsAt}`);
  tool.terminal.say(`sign-in: ${identity ? `bound at ${identity.issuer}` : 'not bound yet'}`);
  return 0;
};

/** `folkmoot user add|invite|list|show|suspend|restore|release` */
export const addUsers = (commands: Commands): void => {
  const { program, tool, finish } = commands;
  const group = program
    .command('user')
    .description('accounts of those who work here: add, invite, list, show, suspend, restore, release');
  addAddUser(group, commands);
  detailing(writing(group.command('invite')))
    .description(
      'make an account and write to its person, or write again to somebody who has not signed in yet',
    )
    .requiredOption('--unit <text>', 'the name of a unit that is there')
    .option('--days <number>', 'how long the invitation is good', readDays, INVITATION_DAYS)
    .action(async (email: string, options: DetailOptions & { days: number }) =>
      finish(await invite(email, options, tool)),
    );
  reading(group.command('list'))
    .description('list accounts by post: address, state, roles, unit, post')
    .option('--unit <text>', 'only those of a unit')
    .addOption(
      new Option('--status <word>', 'only those in a state').choices(staffAccountSchema.shape.status.options),
    )
    .addOption(new Option('--role <role>', 'only those with a role').choices(roleSchema.options))
    .action(async (options: ListOptions) => finish(await list(options, tool)));
  reading(group.command('show'))
    .description('show one account')
    .argument('<email>', 'the address of the account')
    .action(async (email: string, options: ReadOptions) => finish(await show(email, options, tool)));
  addDeed(group, commands, 'suspend', 'close an account at once', suspensionReasons, {
    act: suspendAccount,
    done: 'suspended',
  });
  addDeed(group, commands, 'restore', 'open a suspended account again', restorationReasons, {
    act: restoreAccount,
    done: 'restored',
  });
  addDeed(
    group,
    commands,
    'release',
    'let an account be bound anew, when its person’s identity at the sign-in service has changed; invites again',
    releaseReasons,
    { act: releaseIdentity, done: 'released and invited again' },
  );
};
