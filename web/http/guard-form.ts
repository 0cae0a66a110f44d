import { createHmac } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import { dayOf } from '#domain/abuse/day-secret.ts';
import type { DaySecrets } from '#domain/abuse/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import { describeFault } from '#domain/shared/fault.ts';
import type { AbusePorts } from './abuse.ts';
import type { HttpReply } from './event.ts';
import type { WebEvent } from './found.ts';
import type { GuardFinding } from './guard-finding.ts';
import type { Route } from './route.ts';
import { sameText } from './same-text.ts';

/** The hidden field with the signed time at which the form was opened. */
const AGE_FIELD = 'opened';
/** The field that people leave empty: they do not see it. */
const EMPTY_FIELD = 'website';

const OLDEST_MS = 24 * 3_600_000;
/** The clocks of two functions may differ by so much. */
const SKEW_MS = 120_000;

/**
 * The time, signed for one session with the secret of the day. A visitor knows everything of a session but this
 * secret, so no program can make up a time: it has to open the form and wait, as people do.
 */
const sign = (secret: string, sessionId: string, time: string): string =>
  `${time}.${createHmac('sha256', secret).update(`form ${sessionId} ${time}`).digest('base64url')}`;

interface Guarding {
  readonly daySecrets: DaySecrets;
  readonly clock: Clock;
}

const newAge = async ({ daySecrets, clock }: Guarding, sessionId: string): Promise<string> => {
  const now = clock.now();
  const secret = await daySecrets.of(dayOf(now));
  return secret === null ? '' : sign(secret, sessionId, Date.parse(now).toString(36));
};

/** How many milliseconds ago a form was opened; null when its signature is not ours. */
const ageOf = async (
  { daySecrets, clock }: Guarding,
  sessionId: string,
  posted: string,
): Promise<number | null> => {
  const [, time = ''] = /^([0-9a-z]{8,9})\./.exec(posted) ?? [];
  const age = Date.parse(clock.now()) - Number.parseInt(time, 36);
  if (Number.isNaN(age) || age < -SKEW_MS) return null;
  if (age > OLDEST_MS) return age;
  const secret = await daySecrets.of(dayOf(new Date(Number.parseInt(time, 36)).toISOString()));
  return secret !== null && sameText(posted, sign(secret, sessionId, time)) ? age : null;
};

const judge = (age: number | null, leastMs: number): GuardFinding | null => {
  if (age === null) return 'unknown';
  if (age > OLDEST_MS) return 'old';
  return age < leastMs ? 'young' : null;
};

/** The age of the form that was sent, and the one that the form shall carry from now on. */
const findAge = async (
  ports: Guarding,
  sessionId: string,
  sent: string | null,
): Promise<{ ageMs: number | null; carried: string }> => {
  const ageMs = sent === null ? null : await ageOf(ports, sessionId, sent);
  const isGood = sent !== null && ageMs !== null && ageMs <= OLDEST_MS;
  return { ageMs, carried: isGood ? sent : await newAge(ports, sessionId) };
};

const guard = async (route: Route, ports: GuardPorts, { found, requestContext }: WebEvent): Promise<void> => {
  if (!found.session) return;
  const correlationId = requestContext.requestId;
  const posted = route.method === 'POST';
  if (posted && found.form.getAll(EMPTY_FIELD).some((value) => value !== '')) found.guard = 'filled';
  if (ports.abuseLimits === null) return;
  try {
    const sent = posted ? (found.form.get(AGE_FIELD) ?? '') : null;
    const { ageMs, carried } = await findAge(ports, found.session.id, sent);
    if (posted) found.guard ??= judge(ageMs, ports.abuseLimits.formSeconds * 1000);
    found.formAge = carried;
  } catch (fault) {
    // Whoever came to be heard is not turned away because a secret could not be read.
    ports.log('ERROR', 'form age not checked', { fault: describeFault(fault), correlationId });
  }
};

type GuardPorts = AbusePorts & Guarding;

/**
 * Looks at what a guarded form brings beside what was typed. Nothing is refused here: the page is told, shows the
 * form again with everything in it, and takes it the next time. A form that was too young keeps its age, so that
 * somebody quick has to press once more and no oftener.
 */
export const guardForm = (route: Route, ports: GuardPorts): MiddlewareObj<WebEvent, HttpReply> => ({
  before: async ({ event }) => {
    if (!route.guarded) return;
    await guard(route, ports, event);
    const { guard: reason } = event.found;
    const correlationId = event.requestContext.requestId;
    if (reason) ports.log('INFO', 'form turned away', { route: route.path, reason, correlationId });
  },
});
