import { may } from '#domain/staff/may.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';
import { paths } from '../paths.ts';
import type { FindDuty } from '../staff/duties.ts';

export interface InvitationDutyPorts {
  readonly staff: StaffAccounts;
}

/** So many accounts at most are looked through for the home page. */
const LOOKED_AT = 500;

/** Invitations that nobody has taken up: for those who look after accounts. */
export const invitationsToLookAfter =
  ({ staff }: InvitationDutyPorts): FindDuty =>
  async (actor, now) => {
    if (!may(actor, 'manage accounts')) return null;
    const { items } = await staff.list({ after: null, size: LOOKED_AT });
    const invited = items.filter(({ status }) => status === 'invited');
    const ended = invited.filter(({ invitation }) => (invitation?.endsAt ?? '') <= now);
    return {
      heading: { key: 'admin.duty.invited', count: invited.length },
      notes: [{ key: 'admin.duty.ended', count: ended.length, colour: 'orange' }],
      link: { href: paths.adminAccounts, key: 'admin.duty.accounts' },
    };
  };
