import { AxeBuilder } from '@axe-core/playwright';
import { type ConfigData, HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import htmlRules from '../../.htmlvalidate.json' with { type: 'json' };
import { contextOptions } from './views.ts';
import { watchOf } from './watch-page.ts';

const pageValidator = new HtmlValidate(htmlRules as unknown as ConfigData);
// Some mail programs know no <article>, but read its role.
const forMails = { 'no-inline-style': 'off', 'prefer-native-element': 'off' };
const mailRules = { ...htmlRules, rules: { ...htmlRules.rules, ...forMails } };
const mailValidator = new HtmlValidate(mailRules as unknown as ConfigData);
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Fails unless the page, in the state that it is in now, is one that we may show to anybody:
 * axe finds nothing against WCAG 2.2 AA; the HTML is valid; there is one h1, a title and a language; nothing has to
 * be scrolled sideways at 320 px; and since the last check there was no script error, no violation of the
 * Content-Security-Policy and no request to another origin.
 */
export async function checkPage(page: Page): Promise<void> {
  expect(await findFaults(page), `faults of ${page.url()} (${watchOf(page).view.name})`).toEqual([]);
}

/**
 * The part of checkPage that depends on the width of the window and on scripts, and takes a tenth of the time: for a
 * state whose HTML and accessibility were checked in another view.
 */
export async function checkLayout(page: Page): Promise<void> {
  expect(await findLayoutFaults(page), `faults of ${page.url()} (${watchOf(page).view.name})`).toEqual([]);
}

/**
 * The same for the HTML of a mail, which has its styles in its elements, since many mail programs take no others, and
 * its heading in its subject.
 */
export async function checkMail(page: Page): Promise<void> {
  const faults = [
    ...(await findMarkupFaults(page, mailValidator)),
    ...(await findBarriers(page)),
    ...(await findOverflow(page)),
    ...watchOf(page).takeIncidents(),
  ];
  expect(faults, `faults of the mail “${await page.title()}”`).toEqual([]);
}

/** The faults that checkPage would complain about, a sentence each. */
export async function findFaults(page: Page): Promise<readonly string[]> {
  return [
    ...(await findOutlineFaults(page)),
    ...(await findMarkupFaults(page)),
    ...(await findBarriers(page)),
    ...(await findOverflow(page)),
    ...watchOf(page).takeIncidents(),
  ];
}

/** The faults that checkLayout would complain about, a sentence each. */
export async function findLayoutFaults(page: Page): Promise<readonly string[]> {
  return [
    ...(await findOutlineFaults(page)),
    ...(await findOverflow(page)),
    ...watchOf(page).takeIncidents(),
  ];
}

async function findOutlineFaults(page: Page): Promise<readonly string[]> {
  const outline = {
    headings: await page.locator('h1').count(),
    title: (await page.title()).trim(),
    language: (await page.locator('html').getAttribute('lang')) ?? '',
  };
  return [
    ...(outline.headings === 1 ? [] : [`outline: ${outline.headings} h1 instead of one`]),
    ...(outline.title === '' ? ['outline: the title is empty'] : []),
    ...(outline.language === '' ? ['outline: the page does not say its language'] : []),
  ];
}

async function findMarkupFaults(page: Page, validator = pageValidator): Promise<readonly string[]> {
  const html = (await watchOf(page).source()) ?? (await page.content());
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `html: ${message} [${ruleId}] at ${line}:${column}`),
  );
}

async function findBarriers(page: Page): Promise<readonly string[]> {
  if (watchOf(page).view.script) return runAxe(page);
  return withScriptedCopy(page, runAxe);
}

async function runAxe(page: Page): Promise<readonly string[]> {
  // Without legacy mode axe opens a second page for its summary, which takes longer than the analysis. Only pages with
  // frames of other origins need that, and the security policy forbids those.
  const { violations } = await new AxeBuilder({ page })
    // What is in order does not have to be described: on a long page that takes a third of the time.
    .options({ resultTypes: ['violations'] })
    .withTags(wcag)
    .setLegacyMode()
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter((node) => !isKnown(id, node))
      .map((node) => `axe: ${help} [${id}] at ${node.target.join(' ')}: ${node.html.slice(0, 200)}`),
  );
}

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>;
type AxeNode = AxeResults['violations'][number]['nodes'][number];

/**
 * GOV.UK Frontend's radios that reveal a further question say so by aria-expanded, which ARIA does not define for
 * radios. The Design System keeps it because it helps: https://github.com/alphagov/govuk-frontend/issues/979
 */
function isKnown(rule: string, { html, any, all, none }: AxeNode): boolean {
  if (rule !== 'aria-allowed-attr' || !html.includes('class="govuk-radios__input"')) return false;
  return [...any, ...all, ...none].every(({ message }) => message.includes('aria-expanded'));
}

/**
 * axe is itself a script. A page whose scripts are switched off is copied, as it stands and without its scripts, into
 * a context that has them on; what noscript shows is shown there too.
 */
async function withScriptedCopy<T>(page: Page, use: (copy: Page) => Promise<T>): Promise<T> {
  const copy = copies.get(page) ?? (await openCopy(page));
  copies.set(page, copy);
  await copy.context().addCookies(await page.context().cookies());
  const url = page.url().replace(/#.*$/, '');
  const body = withoutScripts(await page.content());
  const isPage = (address: URL) => address.href === url;
  await copy.route(isPage, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
  await copy.goto(url);
  const result = await use(copy);
  await copy.unrouteAll({ behavior: 'wait' });
  return result;
}

const copies = new WeakMap<Page, Page>();

async function openCopy(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the browser is gone');
  const { view } = watchOf(page);
  const context = await browser.newContext({ ...contextOptions({ ...view, script: true }), bypassCSP: true });
  page.context().once('close', () => void context.close().catch(() => undefined));
  return context.newPage();
}

function withoutScripts(html: string): string {
  return html
    .replace(/<script\b[\s\S]*?<\/script>/gi, '')
    .replace(/<noscript\b[^>]*>/gi, '<div>')
    .replace(/<\/noscript>/gi, '</div>');
}

/** WCAG 1.4.10: at 320 CSS pixels nothing needs scrolling in two directions. */
async function findOverflow(page: Page): Promise<readonly string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  try {
    const wide = await page.evaluate(measureOverflow);
    if (wide === undefined) return [];
    return [`reflow: ${wide.width} px wide in a window of 320 px: ${wide.culprits.join(', ')}`];
  } finally {
    if (before !== null) await page.setViewportSize(before);
  }
}

/** As much of the browser's DOM as measureOverflow needs: the project itself is compiled without DOM types. */
interface Dom {
  readonly documentElement: { readonly clientWidth: number; readonly scrollWidth: number };
  readonly body: { readonly querySelectorAll: (selector: string) => Iterable<DomElement> };
}

interface DomElement {
  readonly tagName: string;
  readonly className: unknown;
  readonly getBoundingClientRect: () => { readonly right: number };
}

/** Runs in the page. */
function measureOverflow(): { readonly width: number; readonly culprits: readonly string[] } | undefined {
  const { document } = globalThis as unknown as { readonly document: Dom };
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return undefined;
  const culprits = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
    .map(({ tagName, className }) => `<${tagName.toLowerCase()} class="${className}">`);
  return { width: scrollWidth, culprits: culprits.slice(-3) };
}
