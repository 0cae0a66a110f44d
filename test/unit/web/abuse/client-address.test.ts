import { describe, expect, test } from 'vitest';
import { clientNetwork } from '#web/http/client-address.ts';
import { webEvent } from '../browser.ts';

const from = (sourceIp: string, forwarded: string | null, viaCloudFront: boolean): string => {
  const event = webEvent('/', { headers: forwarded === null ? {} : { 'x-forwarded-for': forwarded } });
  event.requestContext.http.sourceIp = sourceIp;
  return clientNetwork(event, viaCloudFront);
};

describe('where a request came from', () => {
  test.each([
    ['198.51.100.7, 130.176.0.1', '198.51.100.7'],
    ['203.0.113.9, 198.51.100.7, 130.176.0.1', '198.51.100.7'],
    ['198.51.100.7', '198.51.100.7'],
    ['130.176.0.1, 130.176.0.1', '130.176.0.1'],
    ['2001:db8:1:2:3:4:5:6, 130.176.0.1', '2001:db8:1:2::/64'],
    ['', '130.176.0.1'],
    [null, '130.176.0.1'],
  ])(
    'behind CloudFront, %s is %s: what a visitor wrote before it counts for nothing',
    (forwarded, network) => {
      expect(from('130.176.0.1', forwarded, true)).toBe(network);
    },
  );

  test('without CloudFront, it is who called, whatever the headers say', () => {
    expect(from('192.0.2.1', '198.51.100.7, 192.0.2.1', false)).toBe('192.0.2.1');
  });

  test.each([
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000:ffff::', '2001:db8:0:0::/64'],
    ['2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['not an address', 'not an address'],
  ])('%s belongs to %s', (address, network) => {
    expect(from(address, null, false)).toBe(network);
  });
});
