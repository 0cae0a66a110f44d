import type { Mailing, MailingStatus } from '#domain/mailings/mailing.ts';
import type { MailingDeed, MailingFailure } from '#domain/mailings/mailing-deed.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Result } from '#domain/shared/result.ts';
import { PageError, type Reply, redirectTo } from '../http/reply.ts';
import type { Visit } from '../http/route.ts';
import { paths, withQuery } from '../paths.ts';
import { findMailing } from './find-mailing.ts';
import type { MailingPagePorts } from './ports.ts';

/** Back to the mailing, which says what was done. */
const backTo = ({ id }: Pick<Mailing, 'id'>, done: string): Reply =>
  redirectTo(withQuery(paths.mailing(id), { done }));

/** So often the program itself may be faster, which changes a mailing twice while it is under way. */
const TRIES = 3;

/** Stopping must not fail because the mailing has gone on since the page was shown: it is done to it as it is now. */
export const stopAsItIs = async (
  { mailings }: Pick<MailingPagePorts, 'mailings'>,
  id: Id,
  deed: Omit<MailingDeed, 'version'>,
  stop: (id: Id, deed: MailingDeed) => Promise<Result<Mailing, MailingFailure>>,
): Promise<Result<Mailing, MailingFailure>> => {
  for (let tries = 1; ; tries += 1) {
    const now = await mailings.find(id);
    const outcome = await stop(id, { ...deed, version: now?.version ?? 0 });
    if (outcome.ok || outcome.error.name !== 'ChangedMeanwhile' || tries === TRIES) return outcome;
  }
};

/** What a mailing says of itself that was let go. */
export const doneOf = ({ status }: Mailing): string => {
  if (status === 'to-approve') return 'submitted';
  return status === 'scheduled' ? 'scheduled' : 'started';
};

/**
 * Answers a deed. Where it did not come about because the same person has done it before (the button was pressed
 * twice), the answer is the same as the first time.
 */
export const answerDeed = async (
  ports: MailingPagePorts,
  visit: Visit,
  outcome: Result<Mailing, MailingFailure>,
  { done, leadsTo }: { readonly done: (mailing: Mailing) => string; readonly leadsTo: LeadsTo },
): Promise<Reply> => {
  if (outcome.ok) return backTo(outcome.value, done(outcome.value));
  // Somebody who may see it and not do this.
  const now = await findMailing(ports, visit);
  if (outcome.error.name === 'MailingUnknown') throw new PageError(403, 'not-allowed');
  if (leadsTo(now)) return backTo(now, done(now));
  throw new PageError(409, 'changed');
};

/** Whether a mailing is as the deed of this person leaves it. */
export type LeadsTo = (mailing: Mailing) => boolean;

/** What becomes of a mailing that is let go, sooner or later. */
export const letGoStatuses: readonly MailingStatus[] = ['scheduled', 'freezing', 'sending', 'sent'];
