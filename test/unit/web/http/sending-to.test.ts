import { describe, expect, test } from 'vitest';
import { policyForSendingTo, securityHeaders } from '#web/http/security-headers.ts';

describe('a page that sends to another origin', () => {
  test('has the usual policy but for that one origin, for forms and for scripts', () => {
    const usual = securityHeaders['content-security-policy'] ?? '';
    const policy = policyForSendingTo('https://uploads.example:8443');
    expect(policy.replaceAll(' https://uploads.example:8443', '')).toBe(usual);
    expect(policy.split('https://uploads.example:8443')).toHaveLength(3);
  });

  test.each([
    ...['*', 'https:', 'https://*.example', 'https://*', 'https://a.example/path', "'unsafe-inline'"],
    ...[
      'https://a.example; script-src *',
      'https://a.example https://b.example',
      'data:',
      '',
      'javascript:x',
    ],
    ...['https://user@a.example', 'HTTPS://A.example', 'https://a.example/', 'blob:https://a.example'],
  ])('is never one with %j', (origin) => {
    expect(() => policyForSendingTo(origin)).toThrow(TypeError);
  });
});
