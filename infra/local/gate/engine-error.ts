/** What an engine, or the gate in front of it, answers instead of a result. */
export class EngineError extends Error {
  override name = 'EngineError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** An answer, ready to be sent. */
export interface EngineAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}
