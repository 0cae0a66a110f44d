import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallFault } from '../faults/open-faults.ts';
import { passOn } from './forward.ts';

/** A call that may go on to its engine, and what can be done to it instead. */
export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  forward(): Promise<IncomingMessage>;
  /** Answers as the service does when it is asked too often, or has failed. */
  refuse(how: 'throttled' | 'failed'): void;
  /** Ends the process that called; nothing for a caller that is no function. */
  kill(): void;
}

/** Lets a call go on to its engine and answers with what comes back, unless a fault was asked for. */
export async function carryOut(exchange: Exchange, fault: CallFault | undefined): Promise<void> {
  const { req, res } = exchange;
  switch (fault?.effect) {
    case 'throttle':
      return exchange.refuse('throttled');
    case 'error':
      return exchange.refuse('failed');
    case 'reset':
      req.socket.resetAndDestroy();
      return;
    case 'kill':
      exchange.kill();
      req.socket.destroy();
      return;
    case 'timeout-before':
      return untilGivenUp(req);
    case 'timeout-after':
      (await exchange.forward()).resume();
      return untilGivenUp(req);
    case 'delay':
      await sleep(fault.delayMs);
      return passOn(await exchange.forward(), res);
    case undefined:
      return passOn(await exchange.forward(), res);
  }
}

/** The caller waits for an answer that does not come, and hangs up one day. */
function untilGivenUp(req: IncomingMessage): Promise<void> {
  req.resume();
  if (req.socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => req.socket.once('close', () => resolve()));
}
