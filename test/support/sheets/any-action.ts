import fc from 'fast-check';
import { type Action, actionPriorities, actionStatuses, type Progress } from '#domain/actions/action.ts';
import { saysNothing } from '#domain/actions/import/questions.ts';
import { rags } from '#domain/actions/rag.ts';
import { readTimescale } from '#domain/actions/timescale/read-timescale.ts';
import type { Timescale } from '#domain/actions/timescale/timescale.ts';
import { oneLine, tidyText } from '#domain/shared/text.ts';
import { anyText } from '../any-text.ts';
import { anAction, aProgress } from '../stores/records.ts';

export const PERIOD = { from: '2010-05-01', to: '2011-04-30' };

const WORDS =
  'paint|mend|ask|the|council|youth|club|and|report|of|safer|roads|1.|- |• |; |\n|, |=|+|@|Target|café|ß'.split(
    '|',
  );

/** Words and trouble, as the service stores what people type. */
const text = fc
  .oneof(
    anyText(12),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(' ')),
  )
  .map(tidyText);

const line = text.map(oneLine);
const something = text.filter((each) => each !== '');
const group = text.filter((each) => !saysNothing(each));

const NAMES =
  'Ann Smith|Smith, Ann|Research and Development|T/DCI Poe|TBC|n/a|Ed; Roe|Ann & Bob|"Quoted" Name|Ann <Bob>'.split(
    '|',
  );

const lead = fc.record({
  name: fc.oneof(
    fc.constantFrom(...NAMES),
    line.filter((name) => name !== '' && !/[\uE000\uE001]/.test(name)),
  ),
  email: fc.constantFrom(null, null, 'ann@folkmoot.example', 'bob@folkmoot.example'),
});

const measure = fc.record({
  text: something.filter((each) => !/^(?:target|actual)/im.test(each)),
  target: fc.option(line.filter((each) => each !== '')),
  actuals: fc.array(fc.record({ period: fc.constantFrom('Q1 2010/11', '2010'), value: line }), {
    maxLength: 2,
  }),
});

const TIMES = [
  'By March 2011',
  'Ongoing',
  'TBC',
  'soon',
  'By June 2010 By February 2011',
  'End Jan 11 scope Feb 11 meetings',
  'Complete',
  'Deferred to 2012',
  'Business as usual',
  'n/a',
  'Annually Mar - Aug',
  '31/3/11',
  'Draft by June 2010; publish by March 2011',
];

const milestone = fc.record({
  due: fc.constantFrom('2010-06-30', '2011-03-31', '2012-02-29'),
  precision: fc.constantFrom('day' as const, 'month' as const),
  label: fc.option(line.filter((each) => each !== '')),
});

const entered: fc.Arbitrary<Timescale> = fc.record({
  text: line,
  ongoing: fc.boolean(),
  recurring: fc.constantFrom(null, 'monthly' as const),
  milestones: fc.array(milestone, { maxLength: 3 }),
});

const timescale = fc.oneof(
  fc.constantFrom(...TIMES).map((words) => readTimescale(words, PERIOD).timescale),
  entered,
);

const pence = fc.option(fc.integer({ min: 0, max: 1_000_000_000 }));

export interface ActionMade {
  readonly action: Action;
  readonly progress: readonly Progress[];
}

/** Any action as the service may hold it, and what was told of it. */
export const anyAction: fc.Arbitrary<ActionMade> = fc
  .record({
    ...{
      theme: fc.oneof(fc.constant(''), group),
      objective: fc.oneof(fc.constant(''), group),
      text: something,
    },
    ...{ leads: fc.uniqueArray(lead, { maxLength: 3, selector: ({ name }) => name.toLowerCase() }) },
    ...{ body: text, commitment: text, funding: text, budget: pence, actual: pence, benefits: text },
    ...{ priority: fc.option(fc.constantFrom(...actionPriorities)), timescale },
    measures: fc.array(measure, { maxLength: 4 }),
    rag: fc.option(fc.constantFrom(...rags)),
    status: fc.constantFrom(...actionStatuses),
    reason: fc.option(something),
    progress: fc.array(text, { maxLength: 2 }),
  })
  .map(({ progress, ...fields }) => {
    const action = anAction(fields);
    return { action, progress: progress.map((told) => aProgress({ action: action.id, text: told })) };
  });
