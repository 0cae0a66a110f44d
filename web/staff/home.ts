import { staffHome } from '#build/templates/staff/home.njk.js';
import { actionsForCoordinators, actionsToReportOn, type MyActionPorts } from '../actions/my-actions.ts';
import { type InvitationDutyPorts, invitationsToLookAfter } from '../admin/invitation-duty.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { type MailingDutyPorts, mailingsThatPaused, mailingsToApprove } from '../mailings/duties.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import type { Duty, FindDuty } from './duties.ts';
import { type InboxPorts, submissionsToAnswer } from './inbox.ts';

export type HomePorts = InboxPorts & MailingDutyPorts & InvitationDutyPorts & MyActionPorts;

const homeView = view<{ unit: string; duties: readonly Duty[] }>(staffHome);

/** Every kind of thing that can wait for somebody, the most urgent kind first. */
const dutiesOf = (ports: HomePorts): readonly FindDuty[] => [
  submissionsToAnswer(ports),
  actionsToReportOn(ports),
  actionsForCoordinators(ports),
  mailingsThatPaused(ports),
  mailingsToApprove(ports),
  invitationsToLookAfter(ports),
];

const showHome =
  (ports: HomePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const actor = actorOf(visit);
    const found = await Promise.all(dutiesOf(ports).map((find) => find(actor, visit.now)));
    const duties = found.filter((duty) => duty !== null);
    return showPage(homeView, { unit: actor.unit.name, duties });
  };

/** What needs somebody today. */
export const homeRoutes = (ports: HomePorts): readonly Route[] => [
  page(patterns.staffHome, { may: 'see the staff pages', answer: showHome(ports) }),
];
