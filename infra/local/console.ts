import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ConsoleContext } from './console/console-context.ts';
import { refusal } from './console/guard.ts';
import { problem, sendReply } from './console/reply.ts';
import { answerConsole } from './console/routes.ts';
import { listen } from './engine/listen.ts';
import type { Engine } from './engine.ts';
import type { Identity } from './identity.ts';

export type { ConsoleContext, EnginesView } from './console/console-context.ts';

export interface Console extends Engine {
  /** From now on it answers everything; until then, only that the laptop is not ready yet. */
  open(context: ConsoleContext, identity: Identity): void;
}

/**
 * The laptop's console: JSON for programs, pages for people, and below the path of `issuer` the laptop's own
 * OpenID Connect issuer. Answers to 127.0.0.1 only, and to no other site's pages.
 */
export async function startConsole(options: { port: number; issuer: string }): Promise<Console> {
  const issuerPath = new URL(options.issuer).pathname;
  let opened: { context: ConsoleContext; identity: Identity } | undefined;
  const engine = await listen('console', options.port, async (req: IncomingMessage, res: ServerResponse) => {
    const isForIssuer = `${req.url?.split('?')[0]}/`.startsWith(`${issuerPath}/`);
    const refused = refusal(isForIssuer ? readOnly(req) : req, options.port);
    if (refused) {
      req.resume();
      sendReply(res, problem(403, refused), []);
    } else if (!opened) {
      req.resume();
      const isHealth = req.url === '/health';
      const message = 'The laptop is starting.';
      sendReply(
        res,
        isHealth ? { kind: 'json', status: 503, body: { ready: false } } : problem(503, message),
        [],
      );
    } else if (isForIssuer) {
      opened.identity.handle(req, res);
    } else {
      const { context } = opened;
      sendReply(res, await answerConsole(context, req), [new URL(context.publicUrl).origin]);
    }
  });
  return {
    ...engine,
    open: (context, identity) => {
      opened = { context, identity };
    },
  };
}

/** The issuer sees to the origin of its own forms; its host is checked all the same. */
const readOnly = ({ headers }: IncomingMessage): IncomingMessage =>
  ({ headers, method: 'GET' }) as IncomingMessage;
