import type { Access } from '../permissions/access.ts';
import type { EngineAnswer, EngineError } from './engine-error.ts';

/** A request whose body is small enough to be held in memory. */
export interface EngineRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** What a caller wants, in the words of the service and in those of IAM. */
export interface EngineCall {
  /** `PutItem`, `SendMessage` ... */
  operation: string;
  accesses: Access[];
  /** What goes on to the engine, where that is not what came. */
  body?: Buffer;
  /** A limit of the service that the engine itself would let pass. */
  problem?: { code: string; message: string } | undefined;
}

/** How one service speaks. */
export interface EngineProtocol {
  name: 'dynamodb' | 'sqs' | 'ses';
  /** The service's name in a signature, and in the ARN of an action. */
  signingName: string;
  /** Bytes; a larger request is refused. */
  requestLimit: number;
  /** Throws an `EngineError` for an operation that is not in the table of actions. */
  describe(request: EngineRequest): EngineCall | Promise<EngineCall>;
  /** In the form in which the service's SDK recognises it. */
  answerError(error: EngineError, headers: EngineRequest['headers']): EngineAnswer;
  /** What the service says to a caller who comes too often. */
  throttled: EngineError;
  /** What the service says when something went wrong on its side. */
  failed: EngineError;
  /** The code of a refused access, and its status. */
  denied: { code: string; status: number };
}
