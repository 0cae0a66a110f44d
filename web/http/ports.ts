import type { Sessions } from '#domain/sessions/ports.ts';
import type { SessionLimits } from '#domain/sessions/session.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { Log } from '#domain/shared/log.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';
import type { Render } from '../render/render.ts';

/** What the shared stack of web functions needs beside the routes. */
export interface WebPorts {
  readonly sessions: Sessions;
  readonly sessionLimits: SessionLimits;
  readonly staff: StaffAccounts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly render: Render;
}
