import type { QuestionWhy, RowRefusal } from '#domain/actions/import/questions.ts';

/** What a reason is called within a key of the catalogue, whose parts are divided by dots. */
type Hyphened<Why extends string> = Why extends `${infer Column}.${infer Reason}`
  ? `${Column}-${Reason}`
  : Why;

const hyphened = <Why extends string>(why: Why) => why.replace('.', '-') as Hyphened<Why>;

/** The sentence about a cell that is not clear. */
export const questionKey = (why: QuestionWhy) => {
  const reason = hyphened(why);
  return `planFile.question.${reason}` as const;
};

/** The sentence about a row that cannot be taken. */
export const refusalKey = (why: RowRefusal) => {
  const reason = hyphened(why);
  return `planFile.refusal.${reason}` as const;
};
