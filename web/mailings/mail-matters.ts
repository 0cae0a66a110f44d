import { mailingsMailMatters } from '#build/templates/mailings/mail-matters.njk.js';
import { type MailTrouble, type TroubledState, troubledStates } from '#domain/mailings/mailing-ports.ts';
import { mayEverywhere } from '#domain/staff/may.ts';
import { PageError, type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import type { MailingPagePorts } from './ports.ts';

const mattersView = view<{
  troubles: readonly MailTrouble[];
  states: readonly TroubledState[];
  seesAddresses: boolean;
  next: string | null;
  isFirst: boolean;
}>(mailingsMailMatters);

const PAGE_SIZE = 25;

/** Such a mail may be about any area, and the list does not say about which. */
const show =
  ({ mailTroubles }: Pick<MailingPagePorts, 'mailTroubles'>) =>
  async (visit: Visit): Promise<Reply> => {
    const actor = actorOf(visit);
    if (!mayEverywhere(actor, 'read mailings')) throw new PageError(403, 'not-allowed');
    const after = visit.query.get('after');
    const { items, next } = await mailTroubles.list({ after, size: PAGE_SIZE });
    return showPage(mattersView, {
      troubles: items,
      states: troubledStates,
      seesAddresses: mayEverywhere(actor, 'read contact details'),
      next,
      isFirst: after === null,
    });
  };

/** Mail that people were promised and that did not arrive. */
export const mailMatterRoutes = (ports: Pick<MailingPagePorts, 'mailTroubles'>): readonly Route[] => [
  page(patterns.mailMatters, { may: 'read mailings', answer: show(ports) }),
];
