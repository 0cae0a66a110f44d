/** A refusal in the words of SES; `code` is what the SDK shows as the error's name. */
export class SesError extends Error {
  override name = 'SesError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export function invalidParameter(message: string): SesError {
  return new SesError('InvalidParameterValue', message);
}
