import { expect, test } from 'vitest';
import { describeFault } from '#domain/shared/fault.ts';

class Broken extends Error {
  override readonly name = 'Broken';
}

test('a fault is described by its kind and where it arose', () => {
  expect(describeFault(new Broken('secret'))).toMatch(/^Broken at .*fault\.test\.ts:\d+:\d+/);
});

test.each([
  'canary',
  'two lines\n    at canary (file:///canary.ts:1:1)',
  '\n   at canary',
  '',
  '    at canary:1:1',
])('what its message says stays out: %j', (message) => {
  const described = describeFault(new Broken(message));
  expect(described).not.toContain('canary');
  expect(described).toContain('fault.test.ts');
});

test('at most three places, whatever was thrown', () => {
  const deep = (left: number): never => {
    if (left === 0) throw new Broken('canary');
    return deep(left - 1);
  };
  try {
    deep(20);
  } catch (fault) {
    expect(describeFault(fault).match(/ at /g)).toHaveLength(3);
  }
  for (const thrown of ['canary', null, undefined, { message: 'canary' }, 7])
    expect(describeFault(thrown)).toBe('unknown');
  const bare = new Broken('canary');
  bare.stack = undefined as unknown as string;
  expect(describeFault(bare)).toBe('Broken');
});
