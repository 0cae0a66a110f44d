import { addHours, type Clock } from '../shared/clock.ts';
import type { OptOut } from './message.ts';
import type { MailTokens } from './ports.ts';
import type { RecipientKey } from './recipient.ts';

/** For so long the link to the preferences in a mail works; the one to unsubscribe works for ever. */
const PREFERENCES_HOURS = 60 * 24;

/** The links by which the recipient of a mail leaves, or changes what is sent. */
export const makeOptOut = async (
  { mailTokens, clock }: { readonly mailTokens: MailTokens; readonly clock: Clock },
  recipient: RecipientKey,
): Promise<OptOut> => {
  const endsAt = addHours(clock.now(), PREFERENCES_HOURS);
  const [unsubscribe, preferences] = await Promise.all([
    mailTokens.sign('unsubscribe', recipient, null),
    mailTokens.sign('preferences', recipient, endsAt),
  ]);
  return { unsubscribe, preferences };
};
