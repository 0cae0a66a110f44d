import type { FieldError } from '../forms/form.ts';
import { checkLetterSource, checkLetterSubject, type LetterProblem } from '../mail/staff-letter.ts';

interface MailingWords {
  readonly subject: string;
  readonly source: string;
}

/** As much of what was typed as helps to find it. */
const MOST_SHOWN = 60;

const shorten = (typed: string): string =>
  typed.length > MOST_SHOWN ? `${typed.slice(0, MOST_SHOWN).toWellFormed()}…` : typed;

const errorOf = (field: 'subject' | 'source', problem: LetterProblem): FieldError => {
  switch (problem.kind) {
    case 'too-long':
      return { field, key: 'mailing.source.most', values: { max: problem.most } };
    case 'unknown-personalisation':
      return { field, key: 'mailing.source.gap', values: { name: shorten(problem.name) } };
    case 'link-not-https':
      return { field, key: 'mailing.source.link', values: { address: shorten(problem.address) } };
    case 'link-without-words':
      return { field, key: 'mailing.source.words', values: { address: shorten(problem.address) } };
    case 'html':
      return { field, key: 'mailing.source.html', values: { tag: shorten(problem.tag) } };
    case 'image':
      return { field, key: 'mailing.source.image' };
    case 'nested':
      return { field, key: 'mailing.source.nested' };
  }
};

/** The first thing in a subject and in a text that would not be sent as it was meant; nothing when all would. */
export const problemsOf = ({ subject, source }: MailingWords): readonly FieldError[] => [
  ...checkLetterSubject(subject)
    .problems.slice(0, 1)
    .map((problem) => errorOf('subject', problem)),
  ...checkLetterSource(source)
    .problems.slice(0, 1)
    .map((problem) => errorOf('source', problem)),
];
