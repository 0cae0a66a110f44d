import type { Route } from '../http/route.ts';
import { accountDeedRoutes } from './account-deeds.ts';
import { accountFormRoutes } from './account-form.ts';
import { accountRoutes } from './accounts.ts';
import { invitationRoutes } from './invitation.ts';
import type { AdminPorts } from './ports.ts';
import { unitWardRoutes } from './unit-wards.ts';
import { unitRoutes } from './units.ts';

/** Accounts and units, and the way in for whoever is invited. */
export const adminRoutes = (ports: AdminPorts): readonly Route[] => [
  ...accountRoutes(ports),
  ...accountFormRoutes(ports),
  ...accountDeedRoutes(ports),
  ...unitRoutes(ports),
  ...unitWardRoutes(ports),
  ...invitationRoutes(ports),
];
