/** Something in a template that the laptop does not know or cannot resolve. Says where it stands. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(stack: string, logicalId: string, problem: string) {
    super(`${stack}, ${logicalId}: ${problem}`);
  }
}
