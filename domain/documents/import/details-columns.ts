import { headerWords } from '../../actions/import/columns.ts';

/** What a column of a list of files can hold, one row a file. */
export const detailsColumns = [
  'file',
  'title',
  'kind',
  'areas',
  'consultation',
  'from',
  'to',
  'language',
  'audience',
  'tags',
  'summary',
  'review',
  'replaces',
  'id',
  'name',
  'related',
] as const;
export type DetailsColumn = (typeof detailsColumns)[number];

// The first that matches decides: "file title" is a title, "document type" a kind, "review date" no date that it is about.
const RULES: readonly (readonly [DetailsColumn, RegExp])[] = [
  ['replaces', /\breplac(?:es?|ing)\b|\bsupersed(?:es|ing)\b|\b(?:new )?version of\b/],
  ['review', /\breview\b/],
  ['related', /^related\b|^see also$/],
  ['name', /^(?:original |file ?)name$|^name(?: of (?:the )?file)?$|^original file ?name$/],
  ['id', /^(?:document )?id$|^identity$/],
  ['title', /\btitles?\b|^document$|^document name$/],
  ['kind', /\bkinds?\b|^(?:document )?(?:type|category)\b/],
  ['file', /\bfiles?\b|^(?:relative )?path(?: ?name)?$|^location$/],
  ['areas', /\bareas?\b|\bwards?\b|\bboroughs?\b|^where$/],
  ['consultation', /\bconsultations?\b|^survey$|^campaign$/],
  ['from', /^(?:date )?from\b|\bstart(?:s|ed|ing)?\b|^begin(?:s|ning)?\b|^first day$/],
  ['to', /^(?:date )?(?:to|until|till)\b|\bend(?:s|ed|ing)?\b|^last day$/],
  ['language', /\blanguages?\b/],
  ['audience', /\baudiences?\b|\bwho (?:may|can|will) (?:see|read)\b|^visibility$|^visible to$|^access$/],
  ['tags', /\btags?\b|\bkey ?words?\b|\blabels?\b/],
  ['summary', /\bsummary\b|\bdescriptions?\b|\babstract\b|^about$/],
];

/** Headers are short; a sentence that holds the word "file" is none. */
const MOST_WORDS = 6;

/** The column that a header names; null when it names none that a list of files is known to have. */
export const columnOfHeader = (header: string): DetailsColumn | null => {
  const name = headerWords(header);
  if (name === '' || name.split(' ').length > MOST_WORDS) return null;
  return RULES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
};
