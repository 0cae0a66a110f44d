import type { Clock, Instant } from '../shared/clock.ts';
import type { StaffAccounts, Units } from './ports.ts';

export interface InvitationPorts {
  readonly staff: StaffAccounts;
  readonly units: Units;
  readonly clock: Clock;
  readonly hash: (secret: string) => string;
}

/** What somebody is invited to, and until when. */
export interface Invitation {
  readonly post: string;
  readonly unit: string;
  readonly endsAt: Instant;
}

/** The invitation of the secret in a link; null when it was used, replaced or withdrawn, has ended, or never was. */
export const findInvitation =
  ({ staff, units, clock, hash }: InvitationPorts) =>
  async (secret: string): Promise<Invitation | null> => {
    const account = await staff.findInvited(hash(secret));
    if (account?.status !== 'invited' || !account.invitation) return null;
    const { endsAt } = account.invitation;
    if (endsAt <= clock.now()) return null;
    const unit = await units.find(account.unit);
    return { post: account.post, unit: unit?.name ?? account.unit, endsAt };
  };
