import { beforeAll, describe, expect, test } from 'vitest';
import { roleSchema } from '#domain/staff/staff.ts';
import { openWorld, PRACTITIONER, type World } from '../world.ts';

const menuOf = (body: string): readonly string[] => {
  const menu = /<nav[\s\S]*?<\/nav>/.exec(body)?.[0] ?? '';
  return [...menu.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href).filter((href) => href !== '/');
};

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

describe('the menu', () => {
  test.each(roleSchema.options)('of the role %s leads nowhere that it may not be', async (role) => {
    await world.changeAccount(PRACTITIONER, { roles: [role] });
    const browser = await world.signedIn();
    const menu = menuOf((await browser.get('/staff')).body);
    expect(menu).toContain('/staff');
    for (const href of menu) expect([href, (await browser.get(href)).statusCode]).toEqual([href, 200]);
  });

  test('offers what there is to do', async () => {
    await world.changeAccount(PRACTITIONER, { roles: ['practitioner'] });
    const browser = await world.signedIn();
    expect(menuOf((await browser.get('/staff')).body)).toEqual([
      '/staff',
      '/staff/inbox',
      '/staff/priorities',
      '/staff/mailings',
      '/staff/plans',
      '/staff/borough-packs',
      '/staff/documents',
    ]);
  });
});
