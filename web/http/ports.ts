import type { Sessions } from '#domain/sessions/ports.ts';
import type { StaffLimits } from '#domain/sessions/session.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { Render } from '../render/render.ts';
import type { AbusePorts } from './abuse.ts';

/** What the shared stack of web functions needs beside the routes. */
export interface WebPorts extends AbusePorts {
  readonly sessions: Sessions;
  readonly sessionLimits: StaffLimits;
  /** Who an address stands for; null for nobody who may work here now. */
  readonly findActor: (email: string) => Promise<Actor | null>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly render: Render;
}
