import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Audience, SearchRecord } from '#domain/search/ports.ts';

const folder = join(import.meta.dirname, '../../corpus/search');

/** A query, what it is an example of, and how relevant documents are to it: from 1 (in passing) to 3. */
export interface JudgedQuery {
  readonly words: string;
  readonly kind: string;
  readonly relevant: ReadonlyMap<string, number>;
}

const audienceOf = (word: string): Audience => (word === 'unit' ? 'unit:safeguarding' : (word as Audience));

const listed = (cell: string): string[] => (cell === '-' ? [] : [cell]);

/** The invented documents, with the kind and the area in their details as the archive puts them there. */
export const readCorpus = (): SearchRecord[] => {
  const [, ...documents] = readFileSync(join(folder, 'documents.md'), 'utf8').split(/^## /m);
  return documents.map((document) => {
    const [head = '', title = '', ...text] = document.trim().split('\n');
    const [id = '', language = '', audience = '', kind = '', area = '', year = '', date = ''] =
      head.split(' | ');
    return {
      ...{ id: `documents/${id}`, source: 'documents', title, language, date, text: text.join('\n') },
      details: [kind, ...listed(area), year].join(' '),
      audience: audienceOf(audience),
      facets: { kind, areas: listed(area), years: [year], unit: 'engagement' },
    };
  });
};

export const readQueries = (): JudgedQuery[] => {
  const [, ...rows] = readFileSync(join(folder, 'queries.tsv'), 'utf8').trimEnd().split('\n');
  return rows.map((row) => {
    const [words = '', kind = '', relevant = ''] = row.split('\t');
    const grades = relevant
      .split(' ')
      .filter(Boolean)
      .map((pair): [string, number] => {
        const [id = '', grade = ''] = pair.split('=');
        return [`documents/${id}`, Number(grade)];
      });
    return { words, kind, relevant: new Map(grades) };
  });
};
