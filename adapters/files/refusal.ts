import type { FileProblem } from '#domain/actions/import/workbook.ts';

/** Thrown while a file is read, and handed back as a value by `readWorkbook`. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: FileProblem;
  readonly detail: string | undefined;

  constructor(problem: FileProblem, detail?: string) {
    super(problem);
    this.problem = problem;
    this.detail = detail;
  }
}
