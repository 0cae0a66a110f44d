import type { QuestionWhy, RowRefusal } from '#domain/actions/import/questions.ts';
import type { FileRefusal } from '#domain/actions/import/workbook.ts';
import { actions } from '#web/actions/messages.en.ts';

const sentences: Readonly<Record<string, string>> = actions;

/** What the pages say of it: a reason has a dot in it, which divides the parts of a key. */
const sentenceOf = (kind: 'question' | 'refusal', why: string): string =>
  sentences[`planFile.${kind}.${why.replace('.', '-')}`] ?? why;

/** What is wrong with a file, and what mends it: goes on behind the name of the file. */
export const fileProblemSentence = ({ problem, detail = 'unknown' }: FileRefusal): string => {
  const sentence = actions[`planFile.problem.${problem}`].replace('{detail}', detail);
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
};

export const questionSentence = (why: QuestionWhy): string => sentenceOf('question', why);

export const refusalSentence = (why: RowRefusal): string => sentenceOf('refusal', why);
