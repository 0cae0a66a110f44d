import { checkAddress } from './check-address.ts';
import type { MailStore } from './mail-store.ts';
import type { Envelope, MailSummary } from './mail-summary.ts';
import { type ReadMessage, readMessage } from './read-message.ts';
import type { SendingLimits } from './sending-limits.ts';
import { invalidParameter, SesError } from './ses-error.ts';

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html: SES v1 API, attachments included, base64-encoded. */
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;
/** The same page: To, Cc and Bcc together. */
const MAX_RECIPIENTS = 50;
/** API reference, MessageTag. */
const TAG_NAME = /^[A-Za-z0-9_-]{1,256}$/;
const TAG_VALUE = /^[A-Za-z0-9_.@-]{1,256}$/;
const CONFIGURATION_SET = /^[A-Za-z0-9_-]{1,64}$/;

export interface SendingOptions {
  store: MailStore;
  at: Date;
  account: MailAccount | undefined;
  limits: SendingLimits;
  /** Whether somebody is told what becomes of the mail of a configuration set. */
  isTold(configurationSet: string | null): boolean;
}

/** SES v1 `SendRawEmail`: answers with the message id once the mail is on the disk. */
export async function sendRawEmail(
  params: URLSearchParams,
  { store, at, account, limits, isTold }: SendingOptions,
): Promise<string> {
  const raw = decodeMessage(params);
  const message = await readMessage(raw);
  const envelope = readEnvelope(params, message);
  if (account) checkAccount(account, [envelope.source, ...message.from], envelope.configurationSet);
  limits.take(envelope.destinations, at);
  return store.add(raw, message.content, envelope, { at, isToBeTold: isTold(envelope.configurationSet) });
}

/** What there is in an account to send by. */
export interface MailAccount {
  /** Verified domains and addresses. */
  identities: readonly string[];
  configurationSets: readonly string[];
}

/** SES sends from nobody whom it has not verified, and by no set that is not there. */
function checkAccount(account: MailAccount, senders: string[], configurationSet: string | null): void {
  const isVerified = (address: string) =>
    account.identities.some((identity) => address === identity || address.endsWith(`@${identity}`));
  const unverified = senders
    .map((address) => address.toLowerCase())
    .filter((address) => !isVerified(address));
  if (unverified.length > 0) {
    throw new SesError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region: ${unverified.join(', ')}`,
    );
  }
  if (configurationSet !== null && !account.configurationSets.includes(configurationSet)) {
    throw new SesError(
      'ConfigurationSetDoesNotExist',
      `Configuration set <${configurationSet}> does not exist.`,
    );
  }
}

function decodeMessage(params: URLSearchParams): Buffer {
  const data = params.get('RawMessage.Data');
  if (!data) throw invalidParameter('Message has no data.');
  const raw = Buffer.from(data, 'base64');
  if (raw.length > MAX_MESSAGE_BYTES) {
    throw invalidParameter(`Message length is more than ${MAX_MESSAGE_BYTES} bytes long: '${raw.length}'.`);
  }
  return raw;
}

function readEnvelope(params: URLSearchParams, message: ReadMessage): Envelope {
  for (const address of message.from) checkAddress(address);
  const source = checkAddress(params.get('Source') ?? message.content.from);
  const named = members(params, 'Destinations').map((prefix) => params.get(prefix) ?? '');
  const destinations = (named.length > 0 ? named : message.recipients).map(checkAddress);
  if (destinations.length === 0) throw invalidParameter("Missing required header 'To'.");
  if (destinations.length > MAX_RECIPIENTS)
    throw invalidParameter(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
  return {
    source,
    destinations,
    configurationSet: readConfigurationSet(params, message.content.headers),
    tags: readTags(params, message.content.headers),
  };
}

/** By the parameter or by the header; null for none. */
export function readConfigurationSet(
  params: URLSearchParams,
  headers: MailSummary['headers'],
): string | null {
  const name = params.get('ConfigurationSetName') ?? findHeader(headers, 'x-ses-configuration-set');
  if (name === undefined) return null;
  if (!CONFIGURATION_SET.test(name)) throw invalidParameter(`Invalid configuration set name <${name}>.`);
  return name;
}

function readTags(params: URLSearchParams, headers: MailSummary['headers']): Record<string, string> {
  const fromHeader = (findHeader(headers, 'x-ses-message-tags') ?? '')
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=', 2);
      return [name.trim(), value.trim()];
    });
  const fromParams = members(params, 'Tags').map((prefix): [string, string] => [
    params.get(`${prefix}.Name`) ?? '',
    params.get(`${prefix}.Value`) ?? '',
  ]);
  const pairs = [...fromHeader, ...fromParams];
  for (const [name, value] of pairs) {
    if (!TAG_NAME.test(name)) throw invalidParameter(`Invalid tag name <${name}>.`);
    if (!TAG_VALUE.test(value)) throw invalidParameter(`Invalid tag value <${value}>.`);
  }
  return Object.fromEntries(pairs);
}

/** The prefixes `<list>.member.1`, `.2` ... that occur, in order (AWS Query protocol). */
function members(params: URLSearchParams, list: string): string[] {
  const pattern = new RegExp(`^${list}\\.member\\.(\\d+)(?:\\.|$)`);
  const numbers = new Set([...params.keys()].map((key) => Number(pattern.exec(key)?.[1] ?? 0)));
  numbers.delete(0);
  return [...numbers].sort((a, b) => a - b).map((number) => `${list}.member.${number}`);
}

function findHeader(headers: MailSummary['headers'], name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
