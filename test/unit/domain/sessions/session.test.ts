import { describe, expect, test } from 'vitest';
import { isLive, type Session, sessionEnds } from '#domain/sessions/session.ts';
import { addHours } from '#domain/shared/clock.ts';

const LIMITS = { idleMinutes: 30, absoluteMinutes: 12 * 60 };
const START = '2026-11-23T09:00:00.000Z';
const MINUTE = 1 / 60;

const aSession = (staff: string | null, seenAfterHours = 0): Session => ({
  id: 'secret-1',
  csrf: 'secret-2',
  staff,
  signedIn: null,
  startedAt: START,
  seenAt: addHours(START, seenAfterHours),
  pendingSignIn: null,
});

const STAFF = 'practitioner@folkmoot.example';

describe('a session ends', () => {
  test.each<[string, Session, string]>([
    ['of staff after half an hour without use', aSession(STAFF), '2026-11-23T09:30:00.000Z'],
    ['of staff half an hour after the last use', aSession(STAFF, 5), '2026-11-23T14:30:00.000Z'],
    ['of staff after twelve hours, however busy', aSession(STAFF, 11.75), '2026-11-23T21:00:00.000Z'],
    ['of the public after four hours without use', aSession(null), '2026-11-23T13:00:00.000Z'],
    ['of the public after a day, however busy', aSession(null, 23), '2026-11-24T09:00:00.000Z'],
  ])('%s', (_, session, ends) => {
    expect(sessionEnds(session, LIMITS)).toBe(ends);
    expect(isLive(session, LIMITS, addHours(ends, -MINUTE))).toBe(true);
    expect(isLive(session, LIMITS, ends)).toBe(false);
    expect(isLive(session, LIMITS, addHours(ends, MINUTE))).toBe(false);
  });
});
