import * as z from 'zod';
import { letIn } from '#domain/abuse/let-in.ts';
import type { DaySecrets, Limit, Limits, Taken } from '#domain/abuse/ports.ts';
import type { CorrelationId } from '#domain/shared/ids.ts';
import type { Log } from '#domain/shared/log.ts';
import { PageError } from './reply.ts';

const count = z.int().positive();

/** How much one visitor may do, from the stage's settings (`LIMITS`, as JSON); infra/stages.ts says what for. */
export const abuseLimitsSchema = z.object({
  postsPerMinute: count,
  postsPerHour: count,
  submissionsPerHour: count,
  failedSignInsPerTenMinutes: count,
  failedSignInsOfNetworkPerTenMinutes: count,
  formSeconds: z.number().nonnegative(),
});
export type AbuseLimits = z.infer<typeof abuseLimitsSchema>;

const LAPTOP = /^http:\/\/127\.0\.0\.1(?::\d+)?$/;

/** Whether limits may be left out: for load tests on a machine of one's own, which no public address leads to. */
export const mayGoUnlimited = (publicUrl: string): boolean => LAPTOP.test(publicUrl);

/** What the shared stack needs to tell one visitor's many requests from those of many visitors. */
export interface AbusePorts {
  readonly limits: Limits;
  readonly daySecrets: DaySecrets;
  /** Null: nothing is limited, and no form is too young. */
  readonly abuseLimits: AbuseLimits | null;
  /** What CloudFront adds to each request; null where nothing stands before the functions but API Gateway. */
  readonly originSecret: string | null;
  readonly log: Log;
}

const MINUTE = 60;

/** What is posted: by an address, or by a session of staff. */
export const postLimits = ({ postsPerMinute, postsPerHour }: AbuseLimits): readonly Limit[] => [
  { name: 'posts a minute', most: postsPerMinute, perSeconds: MINUTE },
  { name: 'posts an hour', most: postsPerHour, perSeconds: 60 * MINUTE },
];

/** What is sent to a local team: by a session. */
export const submissionLimit = ({ submissionsPerHour }: AbuseLimits): Limit => ({
  name: 'submissions an hour',
  most: submissionsPerHour,
  perSeconds: 60 * MINUTE,
});

/**
 * What is sent with one address, whoever sends it: each brings a mail to it. A class may leave its teacher's; nobody
 * can fill somebody else's mailbox.
 */
export const addressLimits: readonly Limit[] = [
  { name: 'submissions with an address in an hour', most: 30, perSeconds: 60 * MINUTE },
  { name: 'submissions with an address in a day', most: 60, perSeconds: 24 * 60 * MINUTE },
];

/** Sign-ins of an account that come to nothing. */
export const accountSignInLimit = ({ failedSignInsPerTenMinutes }: AbuseLimits): Limit => ({
  name: 'failed sign-ins in ten minutes',
  most: failedSignInsPerTenMinutes,
  perSeconds: 10 * MINUTE,
});

/** Sign-ins from a network that come to nothing, whoever's they are. */
export const networkSignInLimit = ({ failedSignInsOfNetworkPerTenMinutes }: AbuseLimits): Limit => ({
  name: 'failed sign-ins of a network in ten minutes',
  most: failedSignInsOfNetworkPerTenMinutes,
  perSeconds: 10 * MINUTE,
});

/** Asks some limits of a visitor, and shows the page that says how long to wait when one is reached. */
export const askLimits = async (
  ports: AbusePorts,
  ask: 'take' | 'look',
  limits: readonly Limit[],
  { key, correlationId }: { key: string; correlationId: CorrelationId },
): Promise<void> => {
  const answers = await Promise.all(limits.map((limit) => letIn(ports, ask, { limit, key, correlationId })));
  const waitSeconds = Math.max(0, ...answers.map(secondsOf));
  if (waitSeconds > 0) throw new PageError(429, 'too-many', waitSeconds);
};

const secondsOf = (taken: Taken): number => (taken.passes ? 0 : taken.waitSeconds);
