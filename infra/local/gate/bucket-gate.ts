import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from '../buckets/authenticate.ts';
import { describeRequest } from '../buckets/route-request.ts';
import { accessDenied, S3Error } from '../buckets/s3-error.ts';
import { readRequest } from '../buckets/s3-request.ts';
import { sendError } from '../buckets/send-error.ts';
import { listen } from '../engine/listen.ts';
import type { Engine } from '../engine.ts';
import type { Caller } from '../permissions/access.ts';
import { carryOut } from './carry-out.ts';
import { type Forwarder, openForwarder } from './forward.ts';
import { callerOf, type GateOptions, traceOf } from './gate.ts';

const throttled = new S3Error('SlowDown', 503, 'Please reduce your request rate.');
const failed = new S3Error('InternalError', 500, 'We encountered an internal error. Please try again.');

/**
 * Stands in front of the buckets. A request is let pass that is signed in its head and allowed; of a form, whose
 * signature is in its body, the engine itself finds out who sends it, and asks the same guard. Bodies are too large to
 * be held here: they are passed on as they come.
 */
export async function startBucketGate(target: string, options: GateOptions): Promise<Engine> {
  const forwarder = openForwarder(target);
  const engine = await listen('s3 gate', 0, async (req, res) => {
    // By the date of an answer an SDK sets the clock with which it signs, and says when a form ends.
    res.setHeader('date', options.now().toUTCString());
    try {
      await serve(forwarder, options, req, res);
    } catch (error) {
      // What breaks on the way to the engine is what S3 calls an internal error: a client tries again.
      if (!res.headersSent) sendError(req, res, error instanceof S3Error ? error : failed, '');
      else res.destroy();
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

async function serve(
  forwarder: Forwarder,
  options: GateOptions,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { operation, caller } = await identify(options, req);
  const name = caller?.kind === 'function' ? caller.name : undefined;
  if (name !== undefined) options.calls.note({ function: name, engine: 's3', operation });
  const fault = options.faults.onCall({ engine: 's3', operation, function: name });
  const exchange = {
    req,
    res,
    forward: () => forwarder.send(req),
    refuse: (how: 'throttled' | 'failed') =>
      sendError(req, res, how === 'throttled' ? throttled : failed, ''),
    kill: () => name !== undefined && options.kill(name, traceOf(req)),
  };
  await carryOut(exchange, fault);
}

/** What is asked for and by whom; nobody yet for a form, and for a browser that asks what a script may. Throws S3's refusal of what is not allowed. */
async function identify(
  { region, credentials, now, guard }: GateOptions,
  req: IncomingMessage,
): Promise<{ operation: string; caller: Caller | undefined }> {
  const request = readRequest(req);
  const { operation, isSigned, accesses } = describeRequest(request);
  if (!isSigned) return { operation, caller: undefined };
  const accessKeyId = await authenticate({ region, credentials: credentials.find, now }, request);
  const caller = callerOf(credentials, accessKeyId);
  const refusal = guard.check(caller, accesses);
  if (refusal !== undefined) throw accessDenied(refusal);
  return { operation, caller };
}
