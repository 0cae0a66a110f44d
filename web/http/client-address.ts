import type { HttpEvent } from './event.ts';

/**
 * The network that a request came from, as limits know it: an address of IPv4, or the first half of one of IPv6,
 * since one household has all of the other half.
 *
 * CloudFront puts the visitor's address at the end of X-Forwarded-For, and API Gateway that of CloudFront behind it.
 * What stands before these two is whatever somebody wrote, and so is everything when the request did not come
 * through CloudFront.
 */
export const clientNetwork = ({ headers, requestContext }: HttpEvent, viaCloudFront: boolean): string => {
  const { sourceIp } = requestContext.http;
  if (!viaCloudFront) return networkOf(sourceIp);
  const passed = (headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
  if (passed.at(-1) === sourceIp) passed.pop();
  return networkOf(passed.at(-1) ?? sourceIp);
};

const GROUPS = 8;

const networkOf = (address: string): string => {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [before = '', behind] = address.split('::');
  const groups = before === '' ? [] : before.split(':');
  if (behind !== undefined) {
    const rest = behind === '' ? [] : behind.split(':');
    const left = Math.max(0, GROUPS - groups.length - rest.length);
    groups.push(...Array<string>(left).fill('0'), ...rest);
  }
  const network = groups.slice(0, GROUPS / 2).map((group) => (Number.parseInt(group, 16) || 0).toString(16));
  return `${network.join(':')}::/64`;
};
