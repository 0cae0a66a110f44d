import type { ActionPriority } from '../action.ts';
import { type CellRead, clear, saysNothing, unclear } from './questions.ts';

const WORDS: readonly (readonly [ActionPriority, RegExp])[] = [
  ['very-high', /^(?:very[ -]?high|v\.? ?high|vh|critical)$/],
  ['high', /^(?:high|h)$/],
  ['medium', /^(?:medium|med|m)$/],
  ['low', /^(?:low|l)$/],
  ['ongoing', /^on[ -]?going$/],
];

/** A number is a question: in one plan 1 is the highest, in another the lowest. */
export const readPriority = (text: string): CellRead<ActionPriority | null> => {
  if (saysNothing(text)) return clear(null);
  const word = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ priority$|\.$/g, '');
  const found = WORDS.find(([, pattern]) => pattern.test(word));
  return found ? clear(found[0]) : unclear(null, 'priority.unclear');
};

const WRITTEN: Readonly<Record<ActionPriority, string>> = {
  'very-high': 'Very high',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  ongoing: 'Ongoing',
};

export const writePriority = (priority: ActionPriority | null): string =>
  priority === null ? '' : WRITTEN[priority];
