import type { SearchRecord } from '#domain/search/ports.ts';

/** A record that can be found, with what matters to a test. */
export const aRecord = (more: Partial<SearchRecord> = {}): SearchRecord => ({
  ...{ id: 'documents/1', source: 'documents', title: 'A title', details: '', text: '', language: 'en' },
  ...{ audience: 'public', date: '2012-01-01' },
  facets: { kind: 'minutes', areas: [], years: [], unit: 'engagement' },
  ...more,
});
