/** What a browser says about itself, coarsely: enough to know one's own again, too little to know anybody by. */
export interface Device {
  /** For example `Firefox`; null when it is none of those that people use. */
  readonly browser: string | null;
  /** For example `Android`. */
  readonly system: string | null;
}

type Marks = readonly (readonly [mark: RegExp, name: string])[];

// In this order: most browsers name others that they are like.
const browsers: Marks = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*Safari\//, 'Safari'],
];

const systems: Marks = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

// Nobody's browser says more; a longer text is not worth looking through.
const MOST_READ = 500;

const firstOf = (marks: Marks, text: string): string | null =>
  marks.find(([mark]) => mark.test(text))?.[1] ?? null;

/** The browser and the system that a user agent names. */
export const readDevice = (userAgent: string): Device => {
  const text = userAgent.slice(0, MOST_READ);
  return { browser: firstOf(browsers, text), system: firstOf(systems, text) };
};
