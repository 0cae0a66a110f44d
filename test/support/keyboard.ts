import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What has the focus. */
export interface Focused {
  /** As assistive technology would say it, roughly: its label or its text. */
  readonly name: string;
  readonly tag: string;
  readonly id: string;
  /** Whether somebody who looks at the page sees where the focus is. */
  readonly marked: boolean;
  /** Whether it lies within the window. */
  readonly inView: boolean;
}

const MOST_STOPS = 60;

export const focused = (page: Page): Promise<Focused> => page.evaluate(describeFocus);

/** Presses Tab until something of this name has the focus; each stop on the way has to be seen and in view. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    assert.ok(at.marked, `the focus cannot be seen on ${at.tag} “${at.name}” of ${page.url()}`);
    assert.ok(at.inView, `${at.tag} “${at.name}” of ${page.url()} has the focus out of view`);
    if (at.name === name) return;
  }
  throw new Error(`Tab does not lead to “${name}” on ${page.url()}`);
}

/** Goes to it and presses Enter; waits for the next page. */
export async function enter(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
}

/** As much of the browser's DOM as describeFocus needs: the project itself is compiled without DOM types. */
interface Dom {
  readonly activeElement: DomElement;
}

interface DomElement {
  readonly tagName: string;
  readonly id: string;
  readonly type?: string;
  readonly textContent: string;
  readonly labels?: ArrayLike<DomElement> | null;
  readonly getBoundingClientRect: () => { readonly top: number; readonly bottom: number };
}

interface Styles {
  readonly outlineStyle: string;
  readonly outlineColor: string;
  readonly boxShadow: string;
}

/** Runs in the page. */
function describeFocus(): Focused {
  const { document, getComputedStyle, innerHeight } = globalThis as unknown as {
    readonly document: Dom;
    readonly getComputedStyle: (element: DomElement, pseudo?: string) => Styles;
    readonly innerHeight: number;
  };
  const element = document.activeElement;
  const label = element.labels?.[0];
  // GOV.UK draws radio buttons as part of their label; the button itself is transparent.
  const style =
    element.type === 'radio' && label ? getComputedStyle(label, '::before') : getComputedStyle(element);
  const isOutlined = style.outlineStyle !== 'none' && style.outlineColor !== 'rgba(0, 0, 0, 0)';
  const { top, bottom } = element.getBoundingClientRect();
  return {
    name: (label ?? element).textContent.replace(/\s+/g, ' ').trim(),
    tag: element.tagName.toLowerCase(),
    id: element.id,
    marked: isOutlined || style.boxShadow !== 'none',
    inView: bottom > 0 && top < innerHeight,
  };
}
