/** What a column of a plan can hold. */
export const columnKinds = [
  'theme',
  'objective',
  'action',
  'lead',
  'body',
  'commitment',
  'funding',
  'budget',
  'actual',
  'priority',
  'timescale',
  'measures',
  'target',
  'benefits',
  'progress',
  'rag',
  'status',
  'reason',
] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** A header as its words alone: in small letters, without marks between them. */
export const headerWords = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();

/** Headers are short; a sentence that holds the word "action" is none. */
const MOST_CHARACTERS = 80;
const MOST_WORDS = 10;

// The first that matches decides: "progress measure" is a measure, "action lead" a lead, "RAG status" a RAG.
const RULES: readonly (readonly [ColumnKind, RegExp])[] = [
  ['reason', /^reasons?\b/],
  ['rag', /\brag\b|^red amber green|^traffic lights?/],
  ['theme', /\bthem(?:e|es|atic)\b|\bstrands?\b|^work ?streams?$|^(?:strategic )?priority area/],
  [
    'measures',
    /\bmeasures?\b|success criteria|performance indicators?|\bkpis?\b|how (?:we )?will (?:we )?know/,
  ],
  [
    'timescale',
    /time ?(?:scales?|tables?|frames?|lines?)|\bby when\b|^when\b|\bdeadlines?\b|\bdue\b|(?:target|completion|delivery|implementation|end|finish) (?:date|year)|^(?:milestone|completion|date|year|timing)s?$/,
  ],
  ['progress', /\bprogress\b|\bupdates?\b|(?:current|latest) position/],
  ['status', /\bstatus\b/],
  ['priority', /\bpriorit(?:y|ies)\b/],
  ['target', /^(?:performance )?targets?$/],
  [
    'body',
    /(?:responsible|lead|delivery|accountable) (?:body|bodies|organi[sz]ations?|agency|agencies|units?|departments?|partners?)|^organi[sz]ations?$|^partners?$|^agenc(?:y|ies)$/,
  ],
  ['lead', /\bleads?\b|responsib|\bowners?\b|accountable|\bby whom\b|^who\b|^(?:officers?|post ?holders?)$/],
  ['commitment', /\bcommitments?\b|\bpledges?\b|\bpromises?\b|\bref(?:erence)?s?\b/],
  ['funding', /\bfund(?:ing|ed|s)?\b|^resources?\b|resource implications?/],
  ['budget', /\bbudget(?:ed|s)?\b|(?:estimated|planned|expected) costs?|cost estimates?/],
  ['actual', /\bactuals?\b|\bcosts?\b|\bspen[dt]\b|\boutturn\b|\bexpenditure\b/],
  ['benefits', /\bbenefits?\b/],
  ['objective', /\bobjectives?\b|\bproducts?\b|\boutcomes?\b|\baims?\b|\bgoals?\b|\bdeliverables?\b/],
  ['action', /\bactions?\b(?! plan)|\btasks?\b|\bactivit(?:y|ies)\b|what (?:we|will|is to)/],
];

// What looks like a column of ours and is another: the day on which work starts or on which somebody wrote.
const OTHERS =
  /^start(?:s|ing|ed)?(?: date)?$|\bdate of\b.*\b(?:update|progress)|\bdate (?:last )?updated\b|\bupdated (?:by|on)\b/;

/** The kind of column that a header names; null when it names none that a plan is known to have. */
export const kindOfHeader = (header: string): ColumnKind | null => {
  const name = headerWords(header);
  if (name === '' || header.length > MOST_CHARACTERS || name.split(' ').length > MOST_WORDS) return null;
  if (OTHERS.test(name)) return null;
  return RULES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
};
