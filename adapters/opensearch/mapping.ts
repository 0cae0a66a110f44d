/** How much more an occurrence in a title or in the details counts. */
const boosts = { title: 4, details: 2, text: 1 } as const;

const searched = Object.keys(boosts) as readonly (keyof typeof boosts)[];

/** Fields with words as they are, and those with English stems, which are filled for English texts alone. */
export const plainFields = searched.map((name) => `${name}^${boosts[name]}`);
export const allFields = [...plainFields, ...searched.map((name) => `${name}_en^${boosts[name]}`)];

const keyword = { type: 'keyword' };
const plain = { type: 'text', analyzer: 'folded' };
const english = { type: 'text', analyzer: 'folded_english' };

/**
 * What an index has to be created with: `PUT /{index}`. Languages other than English are folded and not stemmed.
 * Nothing is found by fields that are not named here.
 */
export const indexDefinition = {
  settings: {
    analysis: {
      filter: {
        possessive: { type: 'stemmer', language: 'possessive_english' },
        english: { type: 'stemmer', language: 'english' },
      },
      analyzer: {
        folded: { type: 'custom', tokenizer: 'standard', filter: ['lowercase', 'asciifolding'] },
        folded_english: {
          type: 'custom',
          tokenizer: 'standard',
          filter: ['possessive', 'lowercase', 'asciifolding', 'english'],
        },
      },
    },
  },
  mappings: {
    dynamic: 'strict',
    properties: {
      ...{ id: keyword, source: keyword, audience: keyword, language: keyword },
      ...{ kind: keyword, areas: keyword, years: keyword, unit: keyword },
      ...{ date: { type: 'date' }, removedAt: { type: 'date' } },
      ...{ title: plain, details: plain, text: plain },
      ...{ title_en: english, details_en: english, text_en: english },
    },
  },
} as const;
