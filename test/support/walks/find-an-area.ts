import { goneGreen, longName, north, oldMill, sampleton, south } from './places.ts';
import { follow, see, seeHeading, type Walk } from './walk.ts';

/** From the first page to the own ward, with everything that a search can find. */
export const findAnArea: Walk = {
  name: 'find an area',
  as: null,
  walk: async ({ page, show }) => {
    const search = async (query: string) => {
      await page.getByRole('searchbox').fill(query);
      await page.getByRole('button', { name: 'Search' }).click();
      await page
        .getByRole('searchbox')
        .and(page.locator(`[value=${JSON.stringify(query)}]`))
        .waitFor();
    };
    await page.goto('/');
    await show('home');
    await search('Sampleton');
    await see(page, 'areas match “Sampleton”');
    await show('search with several results');
    await search('Emptyham Fields');
    await see(page, '1 area matches “Emptyham Fields”');
    await show('search with one result');
    await search('Nowhere-on-the-Wold');
    await see(page, 'No ward or borough has a name like “Nowhere-on-the-Wold”.');
    await show('search without a result');
    await page.goto(`/areas?q=${encodeURIComponent('<script>alert(1)</script>&amp;"')}`);
    await see(page, 'No ward or borough has a name like “<script>alert(1)</script>&amp;"”.');
    await show('search for markup');
    await page.goto('/areas');
    await follow(page, sampleton.name);
    await seeHeading(page, sampleton.name);
    await show('borough');
    await follow(page, north.name);
    await seeHeading(page, north.name);
    await show('ward with priorities');
    await page.goto(`/areas/${south.code}`);
    await see(page, 'You can be the first to tell them what matters.');
    await show('ward without priorities');
    await page.goto(`/areas/${longName.code}`);
    await show('ward with a long name');
  },
};

/** Wards that are no more. */
export const meetASupersededWard: Walk = {
  name: 'superseded wards',
  as: null,
  walk: async ({ page, show }) => {
    await page.goto(`/areas/${oldMill.code}`);
    await seeHeading(page, 'This area has changed');
    await show('replaced by a ward of the same name');
    await page.goto(`/areas/${oldMill.code}/priorities/new`);
    await seeHeading(page, 'This area has changed');
    await follow(page, 'Old Mill');
    await seeHeading(page, 'Old Mill');
    await page.goto(`/areas/${goneGreen.code}`);
    await seeHeading(page, 'This area has changed');
    await show('gone');
  },
};

/** A priority in each of its states, and the pages about the site. */
export const readPages: Walk = {
  name: 'priorities and pages to read',
  as: null,
  walk: async ({ page, world, show }) => {
    const { updated, quiet, achieved, closed } = world.priorities;
    await page.goto(updated);
    await see(page, 'Four drivers were fined.');
    await show('priority with updates');
    await page.goto(quiet);
    await see(page, 'The local team has not published an update yet.');
    await show('priority without updates');
    await page.goto(achieved);
    await see(page, 'This priority takes no more support.');
    await show('priority achieved');
    await page.goto(closed);
    await see(page, 'The bandstand was taken down');
    await show('priority closed');
    for (const about of ['accessibility', 'privacy', 'cookies']) {
      await page.goto(`/${about}`);
      await show(about);
    }
    await page.goto('/nothing-here');
    await seeHeading(page, 'Page not found');
    await show('not found');
  },
};
