import { describe, expect, test } from 'vitest';
import { paths, patterns, withQuery } from '#web/paths.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
const tables = Object.entries(world.routes);
const all = tables.flatMap(([door, routes]) => routes.map((route) => ({ door, ...route })));

describe('the route tables', () => {
  test.each(tables)('of %s has each method and path once', (_, routes) => {
    const addresses = routes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('share no address, so that any function can be asked', () => {
    const doors = new Map<string, Set<string>>();
    for (const { path, door } of all) doors.set(path, (doors.get(path) ?? new Set()).add(door));
    expect([...doors].filter(([, at]) => at.size > 1)).toEqual([]);
  });

  test('use every pattern of paths.ts, and no other', () => {
    const used = new Set(all.map(({ path }) => path));
    expect([...used].sort()).toEqual(Object.values(patterns).sort());
  });

  test('let everything that is posted keep a session, save what a token in the address allows', () => {
    const without = all.filter(({ method, keepsSession }) => method === 'POST' && !keepsSession);
    expect(without.filter(({ byToken }) => !byToken)).toEqual([]);
    const allowed = [patterns.signUpConfirm, patterns.preferences, patterns.unsubscribe];
    expect(without.map(({ path }) => path)).toEqual(allowed);
    expect(all.filter(({ oneClick }) => oneClick).map(({ path }) => path)).toEqual([patterns.unsubscribe]);
  });

  test('with a token in the address are for anyone, and read no cookie', () => {
    for (const { path, may, keepsSession, guarded } of all.filter(({ byToken }) => byToken))
      expect([path, may, keepsSession, guarded]).toEqual([path, 'anyone', false, false]);
  });

  test('let everything for staff keep a session, and everything below /staff be for staff', () => {
    for (const { path, may, keepsSession } of all) {
      if (may !== 'anyone') expect(keepsSession, path).toBe(true);
      expect(path.startsWith('/staff'), path).toBe(may !== 'anyone');
    }
  });

  test('have a page to look at for everything that is posted, save signing out', () => {
    const shown = new Set(all.filter(({ method }) => method === 'GET').map(({ path }) => path));
    const posted = all.filter(({ method }) => method === 'POST').map(({ path }) => path);
    // What has nothing to fill in, so that nothing has to be shown again.
    const deeds = [patterns.signOut, patterns.endSession, patterns.endAllSessions];
    expect(posted.filter((path) => !shown.has(path)).toSorted()).toEqual(deeds.toSorted());
  });
});

describe('addresses', () => {
  test.each([
    ['../../staff', '/areas/..%2F..%2Fstaff'],
    ['a/b', '/areas/a%2Fb'],
    ['//evil.example', '/areas/%2F%2Fevil.example'],
    ['a?b#c', '/areas/a%3Fb%23c'],
    ['"><script>', '/areas/%22%3E%3Cscript%3E'],
    ['a\r\nb', '/areas/a%0D%0Ab'],
    ['{code}', '/areas/%7Bcode%7D'],
    ['$&', '/areas/%24%26'],
  ])('of %j cannot lead elsewhere', (code, address) => {
    expect(paths.area(code)).toBe(address);
    expect(new URL(paths.area(code), 'https://folkmoot.example').origin).toBe('https://folkmoot.example');
  });

  test('take questions, without those that have no answer', () => {
    expect(withQuery('/a', { b: 'c d&e=f', g: null, h: undefined, i: '' })).toBe('/a?b=c+d%26e%3Df');
    expect(withQuery('/a', {})).toBe('/a');
  });
});
