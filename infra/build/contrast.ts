import type { Stage } from '../stages.ts';

/** WCAG 2.2, success criterion 1.4.3: text against what is behind it. */
const textRatio = 4.5;
/** WCAG 2.2, success criterion 1.4.11: anything else that one has to see. */
const graphicRatio = 3;

const paper = '#ffffff';

/** How far apart two colours (#rrggbb) are in brightness: 1 to 21, as WCAG 2.2 defines it. */
export function contrastRatio(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Throws when people could not read what the stage's colours make, with each pair's figure. */
export function checkContrast(brand: Stage['brand']): void {
  const pairs: [what: string, front: string, behind: string, needed: number][] = [
    ['header text on header', brand.headerText, brand.header, textRatio],
    ['button text on button', brand.buttonText, brand.button, textRatio],
    ['link on page', brand.link, paper, textRatio],
    ['link on surface', brand.link, brand.surface, textRatio],
    ['link under the pointer on page', brand.linkHover, paper, textRatio],
    ['link under the pointer on surface', brand.linkHover, brand.surface, textRatio],
    ['accent on page', brand.accent, paper, graphicRatio],
  ];
  const unreadable = pairs
    .map(([what, front, behind, needed]) => ({
      what,
      needed,
      front,
      behind,
      ratio: contrastRatio(front, behind),
    }))
    .filter(({ ratio, needed }) => ratio < needed)
    .map(
      ({ what, front, behind, ratio, needed }) =>
        `${what}: ${front} on ${behind} is ${(Math.floor(ratio * 100) / 100).toFixed(2)}:1, needed is ${needed}:1`,
    );
  if (unreadable.length > 0) throw new Error(`The brand's colours cannot be read:\n${unreadable.join('\n')}`);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
