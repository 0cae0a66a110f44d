import { SESClient, type SESClientConfig, SendRawEmailCommand } from '@aws-sdk/client-ses';
import {
  type Envelope,
  MailRefused,
  MailThrottled,
  MailUnacceptable,
  type Postman,
  type RenderedMail,
} from '#domain/mailings/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import { composeMail, type Sender } from './compose-mail.ts';

const REQUEST_TIMEOUT_STATUS = 408;

// Faults before anything could reach the service: no credentials, no such host, nobody listening there.
const NEVER_SENT = new Set([
  'CredentialsProviderError',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * Opens a connection that tries once. SES has no idempotency key: a second try after a lost answer would
 * be a second mail.
 */
export const connect = (config: SESClientConfig = {}): SESClient =>
  new SESClient({
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...config,
    maxAttempts: 1,
  });

/** Whether a fault proves that the service has not taken the mail. */
const isRefusal = (fault: unknown): fault is Error => {
  if (!(fault instanceof Error)) return false;
  const { $metadata, code } = fault as { $metadata?: { httpStatusCode?: number }; code?: string };
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    (status >= 400 && status < 500 && status !== REQUEST_TIMEOUT_STATUS) ||
    NEVER_SENT.has(fault.name) ||
    NEVER_SENT.has(code ?? '')
  );
};

/** `Throttling` is the rate of a second or the quota of a day, `InvalidParameterValue` the address itself. */
const describeRefusal = ({ name }: Error): MailRefused => {
  if (/^(?:Throttling|TooManyRequests|LimitExceeded)/.test(name)) return new MailThrottled(name);
  return name.startsWith('InvalidParameter') ? new MailUnacceptable(name) : new MailRefused(name);
};

export interface SesSettings {
  readonly sender: Sender;
  readonly configurationSet: string;
}

/** Sends mails through Amazon SES, tagged with `delivery` (the mail's id) and `kind`. */
export class SesPostman implements Postman {
  readonly #settings: SesSettings;
  readonly #clock: Clock;
  readonly #client: SESClient;

  constructor(settings: SesSettings, clock: Clock, client: SESClient = connect()) {
    this.#settings = settings;
    this.#clock = clock;
    this.#client = client;
  }

  async send(mail: Envelope, words: RenderedMail): Promise<string> {
    const { sender, configurationSet } = this.#settings;
    const content = await composeMail(mail, words, { sender, at: this.#clock.now() }).catch(() => {
      throw new MailUnacceptable('The mail cannot be composed');
    });
    const command = new SendRawEmailCommand({
      Source: sender.address,
      Destinations: [mail.to],
      RawMessage: { Data: content },
      ConfigurationSetName: configurationSet,
      Tags: [
        { Name: 'delivery', Value: mail.id },
        { Name: 'kind', Value: mail.kind },
      ],
    });
    const { MessageId } = await this.#client.send(command).catch((fault: unknown) => {
      // Only the name: SES repeats addresses in its messages.
      throw isRefusal(fault) ? describeRefusal(fault) : fault;
    });
    if (!MessageId) throw new Error('SES answered without a message id');
    return MessageId;
  }
}
