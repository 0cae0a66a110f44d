import type { BrowserContextOptions } from 'playwright-core';

/** How somebody looks at a page. */
export interface View {
  readonly name: string;
  readonly script: boolean;
  /** Of the window, in CSS pixels: a desktop, or the narrowest phone that WCAG 1.4.10 asks for. */
  readonly width: 1280 | 320;
  /** Windows high contrast and the like: the reader's colours, not ours. */
  readonly forcedColours: boolean;
}

const view = (name: string, changes: Partial<View> = {}): View => ({
  name,
  script: true,
  width: 1280,
  forcedColours: false,
  ...changes,
});

export const desktop = view('desktop');
export const desktopWithoutScript = view('desktop without script', { script: false });
export const phone = view('phone', { width: 320 });
export const phoneWithoutScript = view('phone without script', { width: 320, script: false });
const forcedColours = view('forced colours', { forcedColours: true });

export const allViews: readonly View[] = [
  desktop,
  desktopWithoutScript,
  phone,
  phoneWithoutScript,
  forcedColours,
];

/** The browser's settings for this view. */
export function contextOptions({ script, width, forcedColours }: View): BrowserContextOptions {
  return {
    javaScriptEnabled: script,
    viewport: { width, height: width === 320 ? 640 : 900 },
    forcedColors: forcedColours ? 'active' : 'none',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  };
}
