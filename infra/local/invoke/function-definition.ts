/** What the runner needs to know of a function; the template's inventory gives it, and so can a test. */
export interface FunctionDefinition {
  name: string;
  /** The folder with the bundle. */
  code: string;
  /** The folders of its layers; the last one is found first. */
  layers?: readonly string[];
  /** As in Lambda: `handler.handler` is the export `handler` of `handler.mjs` (or .js, .cjs). */
  handler: string;
  /** The variables of the template, and nothing else. */
  environment: Record<string, string>;
  memoryMb: number;
  timeoutSeconds: number;
  reservedConcurrency?: number | undefined;
}

/** Lambda's limit for the JSON of a synchronous invocation and for that of its answer, in bytes. */
export const PAYLOAD_LIMIT = 6_291_556;

export interface InvocationResult {
  /** `throttled`: it was not run, because its reserved concurrency is used up. */
  status: 'ok' | 'error' | 'timeout' | 'throttled';
  /** The answer, or the error as `{errorType, errorMessage, trace}`: JSON either way. */
  payload: string;
  durationMs: number;
  requestId: string;
}

export const failure = (errorType: string, errorMessage: string): string =>
  JSON.stringify({ errorType, errorMessage, trace: [] });
