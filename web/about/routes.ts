import { aboutAccessibility } from '#build/templates/about/accessibility.njk.js';
import { aboutCookies } from '#build/templates/about/cookies.njk.js';
import { aboutPrivacy } from '#build/templates/about/privacy.njk.js';
import { type Reply, showPublicPage } from '../http/reply.ts';
import { publicPage, type Route } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { type View, view } from '../render/render.ts';

/** These change with a release only. */
const CACHE_SECONDS = 3600;

const fixedPage = (path: string, shown: View<object>): Route =>
  publicPage(path, () => showPublicPage(shown, {}, CACHE_SECONDS));

const health = (): Reply => ({ kind: 'text', text: 'ok' });

/** What the site says about itself, and whether it is there. */
export const aboutRoutes: readonly Route[] = [
  fixedPage(patterns.accessibility, view(aboutAccessibility)),
  fixedPage(patterns.privacy, view(aboutPrivacy)),
  fixedPage(patterns.cookies, view(aboutCookies)),
  publicPage(patterns.health, health),
];
