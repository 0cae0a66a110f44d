import { describe, expect, it } from 'vitest';
import { checkLimits } from '#infra/local/tables/check-limits.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
const values = (count: number): string => Array.from({ length: count }, (_, at) => `:v${at}`).join(', ');
const chain = (count: number): string =>
  Array.from({ length: count }, (_, at) => `#or = :in${at}`).join(' OR ');

describe('checkLimits', () => {
  it('lets up to 100 operands of IN pass', () => {
    expect(checkLimits('Scan', { FilterExpression: `#in IN (${values(100)})` })).toBeUndefined();
    expect(checkLimits('Scan', { FilterExpression: `#in IN (${values(101)})` })).toEqual({
      code: 'ValidationException',
      message:
        'Invalid FilterExpression: The IN operator is provided with too many operands; number of operands: 101',
    });
  });

  it('lets up to 300 operators pass, and takes placeholders for what they are', () => {
    expect(checkLimits('PutItem', { ConditionExpression: chain(150) })).toBeUndefined();
    expect(checkLimits('PutItem', { ConditionExpression: chain(151) })).toMatchObject({
      message: 'Invalid ConditionExpression: The expression contains too many operators; operator count: 301',
    });
    const ranges = Array.from({ length: 100 }, () => 'NOT a BETWEEN :a AND :b').join(' AND ');
    expect(checkLimits('Query', { FilterExpression: ranges })).toBeUndefined();
    expect(checkLimits('Query', { FilterExpression: `${ranges} AND size(a) > :b` })).toMatchObject({
      message: expect.stringContaining('302'),
    });
  });

  it('looks into every part of a transaction', () => {
    const part = (count: number) => ({
      ConditionCheck: { TableName: 'table', ConditionExpression: `a IN (${values(count)})` },
    });
    expect(checkLimits('TransactWriteItems', { TransactItems: [part(1), part(100)] })).toBeUndefined();
    expect(checkLimits('TransactWriteItems', { TransactItems: [part(1), part(101)] })).toMatchObject({
      message: expect.stringMatching(/^Invalid ConditionExpression: The IN operator/),
    });
  });

  it('leaves what is no request at all to the engine', () => {
    expect(checkLimits('TransactWriteItems', {})).toBeUndefined();
    expect(checkLimits('TransactWriteItems', { TransactItems: [null, 1, { Put: null }] })).toBeUndefined();
    expect(checkLimits('Query', { FilterExpression: 7 })).toBeUndefined();
  });
});
