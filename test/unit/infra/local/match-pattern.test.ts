import { describe, expect, it } from 'vitest';
import { checkPattern, matchesPattern } from '#infra/local/events/match-pattern.ts';

const record = {
  eventName: 'INSERT',
  dynamodb: { NewImage: { entity: { S: 'mail' }, tags: { L: ['a', 'b'] } }, size: 7 },
};

describe('an event pattern', () => {
  it.each([
    [{ eventName: ['INSERT'] }],
    [{ eventName: ['MODIFY', 'INSERT'], dynamodb: { NewImage: { entity: { S: ['mail'] } } } }],
    [{ dynamodb: { NewImage: { entity: { S: [{ prefix: 'ma' }] } } } }],
    [{ dynamodb: { NewImage: { entity: { S: [{ prefix: 'x' }, { prefix: 'ma' }] } } } }],
    [{ dynamodb: { NewImage: { entity: { S: [{ suffix: 'il' }] } } } }],
    [{ dynamodb: { NewImage: { entity: { S: [{ 'equals-ignore-case': 'MAIL' }] } } } }],
    [{ dynamodb: { NewImage: { entity: { S: [{ 'anything-but': ['area'] }] } } } }],
    [{ dynamodb: { NewImage: { tags: { L: ['b'] } } } }],
    [{ dynamodb: { OldImage: [{ exists: false }] } }],
    [{ dynamodb: { size: [{ numeric: ['>', 5, '<=', 7] }] } }],
    [{ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { size: [7] } }] }],
  ])('lets through what matches %j', (pattern) => {
    checkPattern(pattern);
    expect(matchesPattern(record, pattern)).toBe(true);
  });

  it.each([
    [{ eventName: ['REMOVE'] }],
    [{ dynamodb: { NewImage: { entity: { S: ['area'] } } } }],
    [{ dynamodb: { OldImage: { entity: { S: ['mail'] } } } }],
    [{ dynamodb: { OldImage: { entity: { S: [{ 'anything-but': ['mail'] }] } } } }],
    [{ dynamodb: { size: [{ numeric: ['>', 7] }] } }],
    [{ __proto__: { x: 1 }, toString: ['x'] }],
  ])('keeps back what does not match %j', (pattern) => {
    expect(matchesPattern(record, pattern)).toBe(false);
  });

  it('may not use an operator that is not known', () => {
    expect(() => checkPattern({ a: [{ cidr: '10.0.0.0/24' }] })).toThrow(/cidr/);
    expect(() => checkPattern({ a: 'b' })).toThrow();
  });
});
