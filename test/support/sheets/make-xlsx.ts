import { strToU8, zipSync } from 'fflate';

/** A cell of a workbook made for a test. */
export interface SheetCell {
  readonly text?: string;
  readonly number?: number;
  /** Excel's notation: `mmm-yy`. */
  readonly format?: string;
  /** `FFC000`, or `theme:5:-0.25`. */
  readonly fill?: string;
  readonly formula?: string;
  /** The value that a program has left beside a formula; `null`: an empty one that is no text. */
  readonly value?: string | null;
  readonly error?: string;
  /** Pieces of a text in several fonts. */
  readonly rich?: readonly string[];
}

export type SheetRow = readonly (SheetCell | string | number | null)[];

export interface SheetMade {
  readonly name?: string;
  readonly rows: readonly SheetRow[];
  readonly merges?: readonly string[];
  readonly hidden?: boolean;
}

const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const letters = (column: number): string =>
  `${column >= 26 ? letters(Math.floor(column / 26) - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;

/** The looks that cells have, each once. */
class Styles {
  readonly #fills: string[] = [];
  readonly #formats: string[] = [];
  readonly #styles: string[] = ['<xf numFmtId="0" fillId="0"/>'];

  of({ fill, format }: SheetCell): number {
    if (fill === undefined && format === undefined) return 0;
    const fillId = fill === undefined ? 0 : 1 + this.#fills.push(this.#colour(fill));
    const formatId = format === undefined ? 0 : 163 + this.#formats.push(format);
    return this.#styles.push(`<xf numFmtId="${formatId}" fillId="${fillId}"/>`) - 1;
  }

  #colour(fill: string): string {
    const [kind, number, tint] = fill.split(':');
    const colour = kind === 'theme' ? `theme="${number}" tint="${tint}"` : `rgb="FF${fill}"`;
    return `<fill><patternFill patternType="solid"><fgColor ${colour}/></patternFill></fill>`;
  }

  xml(): string {
    const formats = this.#formats.map(
      (code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escapeXml(code)}"/>`,
    );
    const first =
      '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>';
    return `<styleSheet><numFmts>${formats.join('')}</numFmts><fills>${first}${this.#fills.join('')}</fills><cellXfs>${this.#styles.join('')}</cellXfs></styleSheet>`;
  }
}

const cellXml = (cell: SheetCell, at: string, styles: Styles): string => {
  const head = `<c r="${at}" s="${styles.of(cell)}"`;
  if (cell.error !== undefined) return `${head} t="e"><f>A1</f><v>${cell.error}</v></c>`;
  if (cell.formula !== undefined && cell.value === null)
    return `${head}><f>${escapeXml(cell.formula)}</f><v/></c>`;
  if (cell.formula !== undefined)
    return cell.value === undefined || cell.value === null
      ? `${head}><f>${escapeXml(cell.formula)}</f></c>`
      : `${head} t="str"><f>${escapeXml(cell.formula)}</f><v>${escapeXml(cell.value)}</v></c>`;
  if (cell.number !== undefined) return `${head}><v>${cell.number}</v></c>`;
  const pieces = cell.rich
    ?.map((piece) => `<r><rPr/><t xml:space="preserve">${escapeXml(piece)}</t></r>`)
    .join('');
  if (pieces === undefined && cell.text === undefined) return `${head}/>`;
  return `${head} t="inlineStr"><is>${pieces ?? `<t xml:space="preserve">${escapeXml(cell.text ?? '')}</t>`}</is></c>`;
};

const toCell = (cell: SheetRow[number]): SheetCell => {
  if (cell === null) return {};
  if (typeof cell === 'string') return { text: cell };
  return typeof cell === 'number' ? { number: cell } : cell;
};

const sheetXml = ({ rows, merges = [] }: SheetMade, styles: Styles): string => {
  const data = rows.map((row, at) => {
    const cells = row.map((cell, column) =>
      cell === null ? '' : cellXml(toCell(cell), `${letters(column)}${at + 1}`, styles),
    );
    return `<row r="${at + 1}">${cells.join('')}</row>`;
  });
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('');
  return `<?xml version="1.0"?><worksheet><sheetData>${data.join('')}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`;
};

const THEME =
  '<a:theme xmlns:a="a"><a:clrScheme><a:dk1><a:sysClr lastClr="000000"/></a:dk1><a:lt1><a:sysClr lastClr="FFFFFF"/></a:lt1>' +
  '<a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1>' +
  '<a:accent2><a:srgbClr val="ED7D31"/></a:accent2><a:accent6><a:srgbClr val="70AD47"/></a:accent6></a:clrScheme></a:theme>';

export interface WorkbookMade {
  readonly sheets: readonly SheetMade[];
  readonly begins1904?: boolean;
  /** Further parts, or other ones. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** A workbook as Excel writes it, as far as its reading is concerned. */
export const makeXlsx = ({ sheets, begins1904 = false, parts = {} }: WorkbookMade): Uint8Array => {
  const styles = new Styles();
  const sheetParts = sheets.map(
    (sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet, styles)] as const,
  );
  const names = sheets.map(
    ({ name = `Sheet${sheets.length}`, hidden }, at) =>
      `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"${hidden ? ' state="hidden"' : ''}/>`,
  );
  const relations = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook><workbookPr date1904="${begins1904 ? 1 : 0}"/><sheets>${names.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    'xl/theme/theme1.xml': THEME,
    'xl/styles.xml': styles.xml(),
    ...Object.fromEntries(sheetParts),
    ...parts,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    ),
  );
};
