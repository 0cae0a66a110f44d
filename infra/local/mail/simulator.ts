/** What becomes of a mail to one address, after SES has taken it. */
export type Outcome = 'delivered' | 'bounced' | 'suppressed' | 'bounced-softly' | 'complained';

/**
 * SES's mailbox simulator. `ooto` answers that somebody is out of the office, which is a mail to the sender and no
 * event. https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
 * Only on the laptop: `softbounce`, because in AWS a bounce that is not for ever comes after hours of attempts.
 */
const outcomes: Readonly<Record<string, Outcome>> = {
  success: 'delivered',
  bounce: 'bounced',
  complaint: 'complained',
  suppressionlist: 'suppressed',
  ooto: 'delivered',
  softbounce: 'bounced-softly',
};

/** A label after a plus sign is for the sender to tell mails apart. */
const SIMULATED = /^(?<mailbox>[a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;

const simulated = (address: string): Outcome | undefined => {
  const mailbox = SIMULATED.exec(address)?.groups?.mailbox?.toLowerCase() ?? '';
  return Object.hasOwn(outcomes, mailbox) ? outcomes[mailbox] : undefined;
};

/** Mails to the simulator do not count towards the quota of a day (the same page). */
export const isSimulated = (address: string): boolean => simulated(address) !== undefined;

/** Everybody else's mailbox takes every mail. */
export const outcomeOf = (address: string): Outcome => simulated(address) ?? 'delivered';
