import { readXml } from '../xml.ts';

/** What the style of a cell says of its looks. */
export interface CellStyle {
  readonly fill: string | null;
  /** How a number is shown, in Excel's notation: `mmm-yy`, `0%`. */
  readonly format: string;
}

/** Formats that a file need not spell out (ECMA-376, 18.8.30). Of others than these, numbers are shown as they are. */
const BUILT_IN: Readonly<Record<number, string>> = {
  9: '0%',
  10: '0.00%',
  14: 'dd/mm/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm',
  19: 'h:mm:ss',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'dd/mm/yyyy h:mm',
};

/** The colours that a file means by number (ECMA-376, 18.8.27): the eight of old, twice, and those of palettes of old. */
const INDEXED = (
  '000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF ' +
  '800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF ' +
  '000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 ' +
  '3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333'
).split(' ');

type Attribute = (name: string) => string | undefined;

const channelsOf = (colour: string): number[] =>
  [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

const hex = (channels: readonly number[]): string =>
  channels
    .map((channel) => Math.round(channel).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

/** Lighter with a tint above 0, darker below (ECMA-376, 18.8.19). */
const tinted = (colour: string, tint: number): string => {
  if (tint === 0 || !Number.isFinite(tint)) return colour;
  const shift = (channel: number) => (tint < 0 ? channel * (1 + tint) : channel + (255 - channel) * tint);
  return hex(channelsOf(colour).map(shift));
};

const colourOf = (attribute: Attribute, theme: readonly string[]): string | null => {
  const rgb = attribute('rgb');
  const index = Number(attribute('theme') ?? Number.NaN);
  const base =
    rgb !== undefined && /^[0-9a-f]{6,8}$/i.test(rgb)
      ? rgb.slice(-6).toUpperCase()
      : (theme[index] ?? INDEXED[Number(attribute('indexed') ?? Number.NaN)]);
  return base === undefined ? null : tinted(base, Number(attribute('tint') ?? 0));
};

/** The colours of a theme in the order in which cells name them: light and dark are the other way round there. */
export const readTheme = (xml: string): readonly string[] => {
  const colours: string[] = [];
  let inScheme = false;
  readXml(xml, {
    open: (name, attribute) => {
      if (name === 'clrScheme') inScheme = true;
      if (!inScheme) return;
      if (name === 'srgbClr') colours.push((attribute('val') ?? '000000').toUpperCase());
      if (name === 'sysClr') colours.push((attribute('lastClr') ?? '000000').toUpperCase());
    },
    close: (name) => {
      if (name === 'clrScheme') inScheme = false;
    },
  });
  const [dark1 = '000000', light1 = 'FFFFFF', dark2 = '000000', light2 = 'FFFFFF', ...accents] = colours;
  return [light1, dark1, light2, dark2, ...accents];
};

/** Gathers the styles of a workbook while its list of them is read. */
class StylesReader {
  readonly #theme: readonly string[];
  readonly #formats = new Map<number, string>(
    Object.entries(BUILT_IN).map(([id, code]) => [Number(id), code]),
  );
  readonly #fills: (string | null)[] = [];
  readonly styles: CellStyle[] = [];
  #inCells = false;
  #isSolid = false;

  constructor(theme: readonly string[]) {
    this.#theme = theme;
  }

  open(name: string, attribute: Attribute): void {
    if (name === 'numFmt') this.#formats.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
    else if (name === 'fill') this.#fills.push(null);
    else if (name === 'patternFill') this.#isSolid = attribute('patternType') === 'solid';
    else if (name === 'fgColor') this.#colour(attribute);
    else if (name === 'cellXfs') this.#inCells = true;
    else if (name === 'xf' && this.#inCells) this.#style(attribute);
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#inCells = false;
    if (name === 'fill') this.#isSolid = false;
  }

  #colour(attribute: Attribute): void {
    if (this.#isSolid) this.#fills[this.#fills.length - 1] = colourOf(attribute, this.#theme);
  }

  #style(attribute: Attribute): void {
    const fill = this.#fills[Number(attribute('fillId') ?? 0)] ?? null;
    this.styles.push({ fill, format: this.#formats.get(Number(attribute('numFmtId') ?? 0)) ?? '' });
  }
}

/** The styles of cells by their number. */
export const readStyles = (xml: string, theme: readonly string[]): readonly CellStyle[] => {
  const reader = new StylesReader(theme);
  readXml(xml, {
    open: (name, attribute) => reader.open(name, attribute),
    close: (name) => reader.close(name),
  });
  return reader.styles;
};
