import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import type { Engine, Now } from '../engine.ts';
import type { CallLog } from '../faults/call-log.ts';
import type { Faults } from '../faults/open-faults.ts';
import { type CredentialStore, OPERATOR } from '../invoke/credentials.ts';
import type { Caller } from '../permissions/access.ts';
import type { Guard } from '../permissions/guard.ts';
import { authenticateCall } from './authenticate-call.ts';
import { carryOut } from './carry-out.ts';
import { type EngineAnswer, EngineError } from './engine-error.ts';
import { type Forwarder, openForwarder } from './forward.ts';
import type { EngineCall, EngineProtocol } from './protocol.ts';

export interface GateOptions {
  region: string;
  credentials: CredentialStore;
  guard: Guard;
  faults: Faults;
  calls: CallLog;
  now: Now;
  /** Ends the process of a function that makes a call with this X-Ray trace header. */
  kill: (functionName: string, traceId: string | undefined) => void;
}

/**
 * Stands in front of an engine: lets a call pass that is signed by somebody known, and whose every part the caller's
 * policies allow; refuses others in the service's own form. Faults that somebody asked for happen here, too.
 */
export async function startGate(
  protocol: EngineProtocol,
  target: string,
  options: GateOptions,
): Promise<Engine> {
  const forwarder = openForwarder(target);
  const engine = await listen(`${protocol.name} gate`, 0, async (req, res) => {
    res.setHeader('date', options.now().toUTCString());
    try {
      await serve({ protocol, forwarder, options, req, res });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      send(res, protocol.answerError(error, req.headers));
    }
  });
  return {
    endpoint: engine.endpoint,
    close: async () => {
      await engine.close();
      forwarder.close();
    },
  };
}

interface Serving {
  protocol: EngineProtocol;
  forwarder: Forwarder;
  options: GateOptions;
  req: IncomingMessage;
  res: ServerResponse;
}

async function serve({ protocol, forwarder, options, req, res }: Serving): Promise<void> {
  const body = await readBody(req, protocol.requestLimit);
  if (!body) throw new EngineError('RequestEntityTooLargeException', 413, 'The request is too large.');
  const accessKeyId = await authenticateCall(
    { ...options, credentials: options.credentials.find },
    protocol.signingName,
    req,
    body,
  );
  const caller = callerOf(options.credentials, accessKeyId);
  const call = await protocol.describe({ headers: req.headers, body });
  const name = caller.kind === 'function' ? caller.name : undefined;
  if (name !== undefined)
    options.calls.note({ function: name, engine: protocol.name, operation: call.operation });
  authorise(protocol, options.guard, caller, call);
  if (call.problem) throw new EngineError(call.problem.code, 400, call.problem.message);
  const fault = options.faults.onCall({ engine: protocol.name, operation: call.operation, function: name });
  const exchange = {
    req,
    res,
    forward: () => forwarder.send(req, call.body ?? body),
    refuse: (how: 'throttled' | 'failed') => send(res, protocol.answerError(protocol[how], req.headers)),
    kill: () => name !== undefined && options.kill(name, traceOf(req)),
  };
  await carryOut(exchange, fault);
}

function authorise(protocol: EngineProtocol, guard: Guard, caller: Caller, call: EngineCall): void {
  // A call of which nobody can say what it is about is nobody's, but the operator's.
  const isAbout = call.accesses.length > 0 || caller.kind === 'operator';
  const refusal = isAbout
    ? guard.check(caller, call.accesses)
    : 'The call names nothing that could be allowed.';
  if (refusal === undefined) return;
  throw new EngineError(protocol.denied.code, protocol.denied.status, refusal);
}

/** Whose access key this is; it has been found before. */
export function callerOf(credentials: CredentialStore, accessKeyId: string): Caller {
  const owner = credentials.ownerOf(accessKeyId);
  return owner === undefined || owner === OPERATOR ? { kind: 'operator' } : { kind: 'function', name: owner };
}

/** The header by which an SDK that runs in Lambda says for which invocation it calls. */
export const traceOf = (req: IncomingMessage): string | undefined => {
  const header = req.headers['x-amzn-trace-id'];
  return Array.isArray(header) ? header[0] : header;
};

function send(res: ServerResponse, { status, headers, body }: EngineAnswer): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
