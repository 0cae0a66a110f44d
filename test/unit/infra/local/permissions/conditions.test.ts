import { describe, expect, it } from 'vitest';
import { conditionsHold } from '#infra/local/permissions/conditions.ts';

type Values = Record<string, string[]>;

function holds(Condition: unknown, keys: Values): boolean {
  const found = new Map(Object.entries(keys).map(([key, values]) => [key.toLowerCase(), values]));
  return conditionsHold({ Effect: 'Allow', Condition }, (key) => found.get(key.toLowerCase()));
}

/** The key is `k` throughout; without values it is not in the request. */
const cases: [operator: string, policy: unknown, request: string[] | undefined, holds: boolean][] = [
  ['StringEquals', 'a', ['a'], true],
  ['StringEquals', 'a', ['A'], false],
  ['StringEquals', 'a*', ['ab'], false],
  ['StringEquals', ['a', 'b'], ['b'], true],
  ['StringEquals', 'a', undefined, false],
  ['StringNotEquals', ['a', 'b'], ['b'], false],
  ['StringNotEquals', ['a', 'b'], ['c'], true],
  ['StringNotEquals', 'a', undefined, true],
  ['StringEqualsIgnoreCase', 'İstanbul', ['İSTANBUL'], true],
  ['StringNotEqualsIgnoreCase', 'a', ['A'], false],
  ['StringLike', 'a*c?', ['abbcd'], true],
  ['StringLike', 'a*', undefined, false],
  ['StringNotLike', 'a*', ['ab'], false],
  ['StringNotLike', 'a*', undefined, true],
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', ['b'], false],
  [
    'ArnLike',
    'arn:aws:execute-api:eu-west-2:1:api/*/*/staff',
    ['arn:aws:execute-api:eu-west-2:1:api/s/GET/staff'],
    true,
  ],
  ['ArnLike', 'arn:aws:s3:*:b', ['arn:aws:s3:::b'], false],
  ['ArnEquals', 'arn:aws:s3:::b*', ['arn:aws:s3:::bucket'], true],
  ['ArnNotEquals', 'arn:aws:s3:::b', ['arn:aws:s3:::c'], true],
  ['ArnNotLike', 'arn:aws:s3:::*', ['arn:aws:s3:::c'], false],
  ['Bool', 'false', ['false'], true],
  ['Bool', true, ['TRUE'], true],
  ['Bool', 'false', undefined, false],
  ['BoolIfExists', 'false', undefined, true],
  ['NumericLessThan', 1.2, ['1.1'], true],
  ['NumericLessThan', 1.2, ['1.2'], false],
  ['NumericLessThan', 1.2, ['few'], false],
  ['NumericLessThanEquals', '10', ['10'], true],
  ['NumericEquals', '10', ['10.0'], true],
  ['NumericNotEquals', '10', ['11'], true],
  ['NumericGreaterThan', '10', ['9'], false],
  ['NumericGreaterThanEquals', '10', ['10'], true],
  ['DateLessThan', '2027-04-01T00:00:00Z', ['2027-03-31T23:59:59Z'], true],
  ['DateLessThan', '2027-04-01T00:00:00Z', ['1806537599'], true],
  ['DateGreaterThan', '2027-04-01T00:00:00Z', ['2027-03-31T23:59:59Z'], false],
  ['DateEquals', '2027-04-01', ['2027-04-01T00:00:00Z'], true],
  ['IpAddress', '203.0.113.0/24', ['203.0.113.7'], true],
  ['IpAddress', '203.0.113.0/24', ['203.0.114.7'], false],
  ['IpAddress', '2001:db8::/32', ['2001:db8::1'], true],
  ['IpAddress', '203.0.113.7', ['not an address'], false],
  ['NotIpAddress', ['203.0.113.0/24', '127.0.0.1'], ['127.0.0.1'], false],
  ['NotIpAddress', '203.0.113.0/24', undefined, true],
  ['Null', 'true', undefined, true],
  ['Null', 'true', [], true],
  ['Null', 'true', ['a'], false],
  ['Null', 'false', ['a'], true],
  ['Null', false, undefined, false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
  ['ForAllValues:StringLike', 'post#*', ['post#1', 'post#2'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', ['a'], ['c'], false],
  ['ForAnyValue:StringEquals', ['a'], undefined, false],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
  ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
  ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
];

describe('a condition', () => {
  it.each(cases)('%s %j on %j: %s', (operator, policy, request, expected) => {
    expect(holds({ [operator]: { k: policy } }, request ? { k: request } : {})).toBe(expected);
  });

  it('holds when all of its operators and keys do', () => {
    const condition = { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } };
    expect(holds(condition, { a: ['1'], b: ['2'], c: ['true'] })).toBe(true);
    expect(holds(condition, { a: ['1'], b: ['3'], c: ['true'] })).toBe(false);
    expect(holds(condition, { a: ['1'], b: ['2'], c: ['false'] })).toBe(false);
    expect(holds(undefined, {})).toBe(true);
  });

  it('finds keys in any case', () => {
    expect(holds({ Bool: { 'AWS:securetransport': 'true' } }, { 'aws:SecureTransport': ['true'] })).toBe(
      true,
    );
  });

  it('replaces variables', () => {
    const condition = {
      ArnLike: { 'aws:SourceArn': `\${aws:PrincipalArn}` },
      StringLike: { k: `\${aws:username}*` },
    };
    const keys = {
      'aws:SourceArn': ['arn:aws:iam::1:role/a'],
      'aws:PrincipalArn': ['arn:aws:iam::1:role/a'],
      'aws:username': ['clerk'],
      k: ['clerk-1'],
    };
    expect(holds(condition, keys)).toBe(true);
    expect(holds(condition, { ...keys, 'aws:PrincipalArn': ['arn:aws:iam::1:role/b'] })).toBe(false);
    expect(holds(condition, { ...keys, 'aws:username': [] })).toBe(false);
  });

  it('throws for an operator that nobody knows', () => {
    expect(() => holds({ StringResembles: { k: 'a' } }, { k: ['a'] })).toThrow(/StringResembles/);
  });
});
