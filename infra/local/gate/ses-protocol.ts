import { randomUUID } from 'node:crypto';
import { escapeXml } from '../engine/escape-xml.ts';
import { readMessage } from '../mail/read-message.ts';
import { readConfigurationSet } from '../mail/send-raw-email.ts';
import type { Access } from '../permissions/access.ts';
import { EngineError } from './engine-error.ts';
import type { EngineProtocol } from './protocol.ts';

export interface SesArns {
  identityArn(name: string): string;
  configurationSetArn(name: string): string;
  /** The verified identities: domains and addresses. */
  identities: readonly string[];
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

export function sesProtocol(arns: SesArns): EngineProtocol {
  return {
    name: 'ses',
    signingName: 'ses',
    requestLimit: 24 * 1024 * 1024,
    describe: async ({ body }) => {
      const params = new URLSearchParams(body.toString('utf8'));
      const operation = params.get('Action') ?? '';
      if (!/^[A-Za-z]+$/.test(operation))
        throw new EngineError('InvalidAction', 400, 'There is no such action.');
      if (operation !== 'SendRawEmail')
        return { operation, accesses: [{ action: `ses:${operation}`, resource: '*' }] };
      return { operation, accesses: await describeMail(params, arns) };
    },
    answerError: ({ code, status, message }) => ({
      status,
      headers: { 'content-type': 'text/xml' },
      body:
        `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
        `<Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>` +
        `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    }),
    throttled: new EngineError('Throttling', 400, 'Maximum sending rate exceeded.'),
    failed: new EngineError('InternalFailure', 500, 'The request processing has failed.'),
    denied: { code: 'AccessDenied', status: 403 },
  };
}

/**
 * A mail needs the permission for the identity that it comes from, and for the configuration set that it names.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html
 */
async function describeMail(params: URLSearchParams, arns: SesArns): Promise<Access[]> {
  const action = 'ses:SendRawEmail';
  const { senders, configurationSet } = await readMail(params);
  const context = { 'ses:FromAddress': senders };
  const identities = new Set(senders.map((address) => identityOf(address, arns.identities)));
  return [
    ...[...identities].map((name) => ({ action, resource: arns.identityArn(name), context })),
    ...(configurationSet ? [{ action, resource: arns.configurationSetArn(configurationSet), context }] : []),
  ];
}

/** An address that is an identity of its own counts before its domain. */
function identityOf(address: string, identities: readonly string[]): string {
  return identities.includes(address) ? address : address.slice(address.lastIndexOf('@') + 1);
}

/** Every address that the mail says to be from, on its envelope and in its text, and the set that it is sent by. */
async function readMail(
  params: URLSearchParams,
): Promise<{ senders: string[]; configurationSet: string | null }> {
  const source = params.get('Source');
  const envelope = source ? [source.replace(/^.*<([^<>]*)>\s*$/s, '$1')] : [];
  try {
    const message = await readMessage(Buffer.from(params.get('RawMessage.Data') ?? '', 'base64'));
    const senders = [...envelope, ...message.from].map((address) => address.toLowerCase());
    return { senders, configurationSet: readConfigurationSet(params, message.content.headers) };
  } catch {
    // The engine will say what is wrong with it.
    return { senders: [...envelope, ''], configurationSet: params.get('ConfigurationSetName') };
  }
}
