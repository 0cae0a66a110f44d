import { adminInvitation } from '#build/templates/admin/invitation.njk.js';
import { adminInvitationOver } from '#build/templates/admin/invitation-over.njk.js';
import type { Invitation } from '#domain/staff/find-invitation.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { param, publicPage, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import type { AdminPorts } from './ports.ts';

const invitationView = view<{ invitation: Invitation }>(adminInvitation);

const overView = view(adminInvitationOver);

/**
 * What the link of an invitation shows. It changes nothing, since mail scanners follow links; and whoever tries
 * secrets learns nothing, since one that was used, has ended or never was looks the same.
 */
const show =
  ({ findInvitation }: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const invitation = await findInvitation(param(visit, 'secret'));
    return invitation ? showPage(invitationView, { invitation }) : showPage(overView, {}, 404);
  };

export const invitationRoutes = (ports: AdminPorts): readonly Route[] => [
  publicPage(patterns.invitation, show(ports)),
];
