import { type Reply, showPage } from '../http/reply.ts';
import { param, type Visit } from '../http/route.ts';
import { paths } from '../paths.ts';
import type { SubscriptionPagePorts } from './ports.ts';
import { leftView, overView, unsubscribeView } from './views.ts';

const showUnknown = (): Reply => showPage(overView, { what: 'unsubscribe' }, 404);

/** A page with one button. It changes nothing, since scanners of mails follow links. */
export const showUnsubscribe =
  ({ mailTokens }: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const token = param(visit, 'token');
    const recipient = await mailTokens.read('unsubscribe', token);
    return recipient === null
      ? showUnknown()
      : showPage(unsubscribeView, { action: paths.unsubscribe(token), isSignedUp: null });
  };

/**
 * What the button does, and the mail program of somebody who never sees this page (RFC 8058): it asks for one POST that
 * is answered by itself, without a redirect.
 */
export const unsubscribe =
  ({ mailTokens, subscriptionDeeds }: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const recipient = await mailTokens.read('unsubscribe', param(visit, 'token'));
    if (recipient === null) return showUnknown();
    await subscriptionDeeds.unsubscribe(recipient, { correlationId: visit.correlationId });
    return showPage(leftView, {});
  };
