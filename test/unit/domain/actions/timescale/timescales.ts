import fc from 'fast-check';
import type { Milestone } from '#domain/actions/timescale/timescale.ts';

/* Writes timescales from what they mean, by rules of its own: it knows nothing of the reader. */

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const SEASONS = { Spring: 5, Summer: 8, Autumn: 11 } as const;

const two = (number: number): string => String(number).padStart(2, '0');

const lastOf = (year: number, month: number): string =>
  `${year}-${two(month)}-${two(new Date(Date.UTC(year, month, 0)).getUTCDate())}`;

type Time = Pick<Milestone, 'due' | 'precision'> & { readonly text: string };

const year = fc.integer({ min: 2004, max: 2019 });
const month = fc.integer({ min: 1, max: 12 });

const yearText = (number: number) =>
  fc.constantFrom(String(number), two(number % 100), `'${two(number % 100)}`);

const monthText = (number: number) => {
  const name = MONTHS[number - 1] ?? '';
  return fc.constantFrom(name, name.slice(0, 3), name.toUpperCase(), name.toLowerCase());
};

const inMonth = fc.tuple(year, month).chain(([y, m]) =>
  fc.tuple(fc.constantFrom('', 'end ', 'end of ', 'the end of '), monthText(m), yearText(y)).map(
    ([bound, name, number]): Time => ({
      text: `${bound}${name} ${number}`,
      due: lastOf(y, m),
      precision: 'month',
    }),
  ),
);

const ORDINAL: Readonly<Record<number, string>> = {
  1: 'st',
  2: 'nd',
  3: 'rd',
  21: 'st',
  22: 'nd',
  23: 'rd',
  31: 'st',
};

const onDay = fc.tuple(year, month, fc.integer({ min: 1, max: 31 })).chain(([y, m, wanted]) => {
  const d = Math.min(wanted, Number(lastOf(y, m).slice(8)));
  const name = MONTHS[m - 1] ?? '';
  const ordinal = ORDINAL[d] ?? 'th';
  return fc
    .constantFrom(
      `${d} ${name} ${y}`,
      `${d}${ordinal} ${name} ${y}`,
      `the ${d}${ordinal} of ${name}, ${y}`,
      `${name} ${d}${ordinal}, ${y}`,
      `${d}-${name.slice(0, 3)}-${two(y % 100)}`,
      `${d}/${m}/${two(y % 100)}`,
      `${two(d)}.${two(m)}.${y}`,
      `${y}-${two(m)}-${two(d)}`,
    )
    .map((text): Time => ({ text, due: `${y}-${two(m)}-${two(d)}`, precision: 'day' }));
});

const inQuarter = fc.tuple(year, fc.integer({ min: 1, max: 4 })).chain(([y, q]) =>
  fc
    .constantFrom(
      `Q${q} ${y}/${two((y + 1) % 100)}`,
      `Quarter ${q} of FY ${y}-${y + 1}`,
      `${y}/${y + 1} Q${q}`,
    )
    .map(
      (text): Time => ({
        text,
        due: q === 4 ? lastOf(y + 1, 3) : lastOf(y, q * 3 + 3),
        precision: 'quarter',
      }),
    ),
);

const inYear = year.chain((y) =>
  fc.constantFrom<Time>(
    { text: `${y}/${two((y + 1) % 100)}`, due: `${y + 1}-03-31`, precision: 'year' },
    { text: `end of ${y}`, due: `${y}-12-31`, precision: 'year' },
    { text: `Mid ${two(y % 100)}`, due: `${y}-06-30`, precision: 'half' },
    { text: `first half of ${y}`, due: `${y}-06-30`, precision: 'half' },
  ),
);

const inSeason = fc
  .tuple(year, fc.constantFrom('Spring', 'Summer', 'Autumn'))
  .map(([y, name]): Time => ({ text: `${name} ${y}`, due: lastOf(y, SEASONS[name]), precision: 'season' }));

const overMonths = fc
  .tuple(year, fc.integer({ min: 1, max: 11 }), fc.constantFrom('-', ' – ', ' to ', '—'))
  .map(
    ([y, m, joiner]): Time => ({
      text: `${MONTHS[m - 1]}${joiner}${MONTHS[m]} ${y}`,
      due: lastOf(y, m + 1),
      precision: 'month',
    }),
  );

const anyTime = fc.oneof(inMonth, onDay, inQuarter, inYear, inSeason, overMonths);

/** A word that means nothing to anybody. */
export const nonsense = fc
  .array(fc.constantFrom(...'bdfgklmnprtvw'), { minLength: 3, maxLength: 6 })
  .map((letters) => `zz${letters.join('')}`);

const label = fc.array(nonsense, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));

const part = fc.tuple(anyTime, label);
const parts = fc.array(part, { minLength: 1, maxLength: 4 });
type Part = readonly [Time, string];

const milestone = ([{ due, precision }, name]: readonly [Time, string | null]): Milestone => ({
  due,
  precision,
  label: name,
});

/** One for each day and label, as exact as it was said; in the order of days. */
const sorted = (milestones: readonly Milestone[]): Milestone[] =>
  milestones.toSorted((a, b) => a.due.localeCompare(b.due));

const spoken = (write: (one: Part) => string, joiner: string) => (all: readonly Part[]) => ({
  text: all.map(write).join(joiner),
  milestones: sorted(all.map(milestone)),
});

/** A text and the milestones that it stands for. Labels are unlike each other. */
export const anyTimescale = fc.oneof(
  anyTime.map((time) => ({ text: time.text, milestones: [milestone([time, null])] })),
  anyTime.map((time) => ({ text: `By ${time.text}.`, milestones: [milestone([time, null])] })),
  parts.map(spoken(([time, name]) => `${name} by ${time.text}`, '; ')),
  parts.map(spoken(([time, name]) => `${name}: ${time.text}`, ', ')),
  parts.map(spoken(([time, name]) => `${time.text} ${name}`, ' ')),
  parts.map(spoken(([time, name]) => `by ${time.text} - ${name}`, '\n')),
);

/** Words and marks that mean something to the reader, in no order. */
export const vocabulary = fc.constantFrom(
  ...'by end mid early from to until and the of in March Jan may June 2010 2011/12 05 10 31 31st 1/2 31/3/11 ½'.split(
    ' ',
  ),
  ...'Q3 quarter half first year Yr 1 FY spring winter w/c week Friday annually quarterly monthly every'.split(
    ' ',
  ),
  ...'ongoing soon TBC n/a (i) (ii) a) 1. , ; . : - – ( ) / ? & + 10 days after within between or before'.split(
    ' ',
  ),
  ...'months deferred subject thereafter latest phase financial'.split(' '),
);
