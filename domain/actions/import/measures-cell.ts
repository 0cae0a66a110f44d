import { tidyText } from '../../shared/text.ts';
import type { Measure } from '../action.ts';
import { splitInline } from './inline-list.ts';
import { type CellRead, clear, saysNothing, unclear } from './questions.ts';

const NUMBERED = /^(?:\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[(\d{1,2})\])\s+/i;
const BULLET = /^(?:[•●▪■◦‣∙·*]\s*|[-–—]\s+)(?=\S)/;
const TARGET = /^targets?\s*[:=]\s*/i;
const TARGET_INSIDE = /[(,;–—-]\s*targets?\s*[:=]\s*([^()]+?)\s*\)?$/i;
const ACTUAL = /^actual (\S[^:]{0,38}?)\s*:\s*/i;

/** A line that goes on with the item above it begins with so much space; so the export writes it. */
const INDENT = '    ';

/** Items of a list whose first line bears a number or a bullet; a line without one goes on with the item above. */
const markedItems = (lines: readonly string[], mark: RegExp): string[] => {
  const items: string[] = [];
  for (const line of lines) {
    const isNew = !line.startsWith(INDENT) && mark.test(line.trimStart());
    if (isNew) items.push(line.trimStart().replace(mark, ''));
    else items[items.length - 1] += `\n${line.startsWith(INDENT) ? line.slice(INDENT.length) : line}`;
  }
  return items;
};

/** "1. this; 2. that" on one line. */
const inlineItems = (text: string): string[] =>
  text.split(/\s*;\s*/).map((item) => item.replace(NUMBERED, ''));

const isInlineList = (text: string): boolean =>
  !text.startsWith('[') && /;\s*\(?(?:2|b|ii)[.)]\s/i.test(text);

const itemsOf = (text: string): string[] => {
  const lines = text.split('\n');
  const [first = ''] = lines;
  if (isInlineList(first)) return lines.flatMap(inlineItems);
  const inline = lines.length === 1 ? splitInline(first) : null;
  if (inline) return [...inline];
  if (NUMBERED.test(first)) return markedItems(lines, NUMBERED);
  if (BULLET.test(first)) return markedItems(lines, BULLET);
  return lines.flatMap((line) => line.split(/\s*;\s*/)).map((item) => item.replace(BULLET, ''));
};

/** What stands in lines of its own under a measure: its target, and what came out in a period. */
const withLines = (item: string): Measure => {
  const text: string[] = [];
  let target: string | null = null;
  const actuals: { period: string; value: string }[] = [];
  for (const line of item.split('\n')) {
    const actual = ACTUAL.exec(line.trim());
    if (TARGET.test(line.trim()) && text.length > 0) target = line.trim().replace(TARGET, '');
    else if (actual && text.length > 0)
      actuals.push({ period: actual[1] ?? '', value: line.trim().slice(actual[0].length) });
    else text.push(line);
  }
  const joined = tidyText(text.join('\n'));
  const inside = target === null ? TARGET_INSIDE.exec(joined) : null;
  return inside && inside.index > 0
    ? { text: joined.slice(0, inside.index).trimEnd(), target: inside[1] ?? null, actuals }
    : { text: joined, target: target === '' ? null : target, actuals };
};

/** A target or a result that was split off from its measure goes back to it. */
const gather = (items: readonly string[]): string[] => {
  const gathered: string[] = [];
  for (const item of items) {
    const belongs = TARGET.test(item.trim()) || ACTUAL.test(item.trim());
    if (belongs && gathered.length > 0) gathered[gathered.length - 1] += `\n${item.trim()}`;
    else gathered.push(item);
  }
  return gathered;
};

/** Reads the measures of a cell: apart by lines, bullets, numbers or semicolons; "target: …" is the target of one. */
export const readMeasures = (cell: string): readonly Measure[] => {
  const text = tidyText(cell);
  if (text === '') return [];
  return gather(itemsOf(text))
    .map(withLines)
    .filter((measure) => measure.text !== '');
};

/** Targets that have a column of their own: one for the only measure, or one for each. */
export const addTargets = (measures: readonly Measure[], cell: string): CellRead<readonly Measure[]> => {
  const targets = readMeasures(cell).map(({ text }) => text);
  if (targets.length === 0) return clear(measures);
  if (measures.length === 1) {
    const [only] = measures as readonly [Measure];
    return clear([{ ...only, target: only.target ?? tidyText(cell) }]);
  }
  if (targets.length !== measures.length) return unclear(measures, 'target.of-which-measure');
  return clear(
    measures.map((measure, at) => ({ ...measure, target: measure.target ?? targets[at] ?? null })),
  );
};

const same = (one: readonly Measure[], other: readonly Measure[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const linesOf = ({ text, target, actuals }: Measure): string[] => [
  ...text.split('\n'),
  ...(target === null ? [] : [`Target: ${target}`]),
  ...actuals.map(({ period, value }) => `Actual ${period}: ${value}`),
];

/** Writes measures so that they are read as they are: a line each, and numbers where lines would not do. */
export const writeMeasures = (measures: readonly Measure[]): string => {
  if (measures.length === 0) return '';
  const ordered = measures.map(({ text, target, actuals }) => ({ text, target, actuals }));
  const plain = ordered.flatMap(linesOf).join('\n');
  if (!saysNothing(plain) && same(readMeasures(plain), ordered)) return plain;
  const numbered = (mark: (at: number) => string): string =>
    ordered.map((measure, at) => `${mark(at + 1)} ${linesOf(measure).join(`\n${INDENT}`)}`).join('\n');
  const written = numbered((at) => `${at}.`);
  // Where a text holds a count itself, another kind of number is not taken for one of the same list.
  return same(readMeasures(written), ordered) ? written : numbered((at) => `[${at}]`);
};
