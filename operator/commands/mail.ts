import { randomUUID } from 'node:crypto';
import { type LiftableReason, liftSuppression } from '#domain/mailings/lift-suppression.ts';
import { type Suppression, suppressionReasons } from '#domain/mailings/ports.ts';
import { emailAddressSchema } from '#domain/shared/text.ts';
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

const LIFTABLE: readonly LiftableReason[] = ['bounced', 'complained'];

const readEmail = (text: string): string => {
  const email = emailAddressSchema.safeParse(text);
  if (email.success) return email.data;
  throw new UsageFault(`${quote(text)} is not an e-mail address.`);
};

const readReason = (text: string): LiftableReason => {
  const reason = LIFTABLE.find((candidate) => candidate === text);
  if (reason) return reason;
  throw new UsageFault(
    `--reason ${quote(text)} is none of ${LIFTABLE.join(' and ')}. Who has unsubscribed signs up again.`,
  );
};

const describe = (known: Suppression): readonly string[] => [
  ...suppressionReasons.flatMap((reason) => (known[reason] === null ? [] : [`${reason} ${known[reason]}`])),
  ...(known.softBounces > 0 ? [`${known.softBounces} bounces in a row that were not for ever`] : []),
];

const show = async (address: string, options: ReadOptions, tool: Tool): Promise<ExitCode> => {
  const email = readEmail(address);
  const { suppressions, keyOfRecipient } = await openStoreOf(tool, options);
  const known = await suppressions.find(keyOfRecipient(email));
  for (const line of known ? describe(known) : ['nothing is known against writing to this address'])
    tool.terminal.say(line);
  return 0;
};

interface LiftOptions extends WriteOptions {
  readonly reason: string;
}

const lift = async (address: string, options: LiftOptions, tool: Tool): Promise<ExitCode> => {
  const [email, reason] = [readEmail(address), readReason(options.reason)];
  const store = await openStoreOf(tool, options);
  const known = await store.suppressions.find(store.keyOfRecipient(email));
  const isKnown = known !== null && known[reason] !== null;
  if (isKnown && !options.dryRun) {
    const deed = { actor: { kind: 'operator' }, correlationId: randomUUID() } as const;
    await liftSuppression(store)(email, reason, deed);
  }
  if (!isKnown) tool.terminal.warn(`This address has not ${reason}.`);
  else tool.terminal.say(`lifted${options.dryRun ? ' (dry run: nothing was stored)' : ''}: ${reason}`);
  return isKnown ? 0 : 1;
};

/** `folkmoot mail show EMAIL`, `folkmoot mail lift EMAIL --reason WORD` */
export const addMail = ({ program, tool, finish }: Commands): void => {
  const group = program.command('mail').description('whether an address may be written to: show, lift');
  reading(group.command('show'))
    .description('tell what is known against writing to an address')
    .argument('<email>')
    .action(async (email: string, options: ReadOptions) => finish(await show(email, options, tool)));
  writing(group.command('lift'))
    .description('write to an address again: its mailbox was mended, or somebody complained by mistake')
    .argument('<email>')
    .requiredOption('--reason <word>', `what to lift: ${LIFTABLE.join(' or ')}`)
    .action(async (email: string, options: LiftOptions) => finish(await lift(email, options, tool)));
};
