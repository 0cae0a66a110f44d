import { type Reply, redirectTo, showPage } from '../http/reply.ts';
import { param, type Visit } from '../http/route.ts';
import { paths } from '../paths.ts';
import type { SubscriptionPagePorts } from './ports.ts';
import { confirmedView, confirmView, overView } from './views.ts';
import { showWish } from './wish-form.ts';

const showOver = (): Reply => showPage(overView, { what: 'sign-up' }, 404);

/** What the link in a mail shows. It changes nothing, since scanners of mails follow links. */
export const showConfirmation =
  ({ subscriptionDeeds, areas }: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await subscriptionDeeds.find(param(visit, 'secret'));
    if (!found) return showOver();
    const shown = { wish: showWish(await areas.directory(), found.wish) };
    return showPage(found.state === 'waiting' ? confirmView : confirmedView, shown);
  };

/** What the button behind it does. The page that follows can be loaded again for a day. */
export const confirm =
  ({ subscriptionDeeds }: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const secret = param(visit, 'secret');
    const { correlationId } = visit;
    const confirmed = await subscriptionDeeds.confirm(secret, { correlationId });
    return confirmed.ok ? redirectTo(paths.signUpConfirm(secret)) : showOver();
  };
