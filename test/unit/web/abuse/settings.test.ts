import { describe, expect, test } from 'vitest';
import { readConfig as readPublic } from '#functions/public-web/config.ts';
import { readConfig as readStaff } from '#functions/staff-web/config.ts';
import { SITE } from '../site.ts';

const LIMITS = {
  postsPerMinute: 60,
  postsPerHour: 600,
  submissionsPerHour: 20,
  failedSignInsPerTenMinutes: 10,
  failedSignInsOfNetworkPerTenMinutes: 300,
  formSeconds: 2,
};

const environment = (changes: Record<string, string>) => ({
  TABLE_NAME: 'table',
  SITE: JSON.stringify(SITE),
  SESSION: JSON.stringify({ idleMinutes: 30, absoluteMinutes: 720, proofMinutes: 10 }),
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_CLIENT_ID: 'folkmoot-staff',
  GROUP_ROLES: '{}',
  INVITATION_DAYS: '7',
  PUBLIC_URL: 'https://consult.folkmoot.example',
  LIMITS: JSON.stringify(LIMITS),
  MAILINGS: JSON.stringify({ approvalAbove: 500, weeklyCap: 3 }),
  ...changes,
});

describe.each([
  ['public-web', readPublic],
  ['staff-web', readStaff],
])('%s', (_, read) => {
  test('reads its limits', () => {
    expect(read(environment({}))).toMatchObject({ abuseLimits: LIMITS, originSecret: null });
    expect(read(environment({ ORIGIN_SECRET: 'x' }))).toMatchObject({ originSecret: 'x' });
  });

  test('goes without limits on a laptop, and nowhere else', () => {
    const off = (PUBLIC_URL: string) => read(environment({ LIMITS: 'off', PUBLIC_URL }));
    expect(off('http://127.0.0.1:3000')).toMatchObject({ abuseLimits: null });
    for (const url of [
      'https://consult.folkmoot.example',
      'http://127.0.0.1.example.org',
      'https://127.0.0.1:3000',
    ])
      expect(() => off(url)).toThrow('LIMITS');
  });

  test.each(['', '{}', 'none', 'null', '{"postsPerMinute":0}'])(
    'does not start with %j for limits',
    (text) => {
      expect(() => read(environment({ LIMITS: text }))).toThrow('LIMITS');
    },
  );
});
