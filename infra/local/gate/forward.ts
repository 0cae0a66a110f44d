import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Carries requests to an engine as they came, its address in them included: that is what was signed. */
export interface Forwarder {
  /** Gives the engine's answer, its body not yet read. Without a body, that of the request is passed on. */
  send(req: IncomingMessage, body?: Buffer): Promise<IncomingMessage>;
  close(): void;
}

const ANSWER_AFTER_ERROR_MS = 50;

export function openForwarder(target: string): Forwarder {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  return {
    send: (req, body) =>
      new Promise((resolve, reject) => {
        const onward = request({
          agent,
          hostname,
          port,
          method: req.method,
          path: req.url,
          headers: body ? withLength(req.rawHeaders, body.length) : req.rawHeaders,
          setHost: false,
        });
        // An engine may answer before it has read everything; then it is the answer that counts.
        onward.on('error', (error) => setTimeout(reject, ANSWER_AFTER_ERROR_MS, error));
        onward.on('response', resolve);
        if (body) {
          onward.end(body);
          return;
        }
        req.on('error', () => onward.destroy());
        req.pipe(onward);
      }),
    close: () => agent.destroy(),
  };
}

const aboutLength = /^(?:content-length|transfer-encoding|expect)$/i;

function withLength(rawHeaders: readonly string[], length: number): string[] {
  const others = rawHeaders.filter((_, at, all) => !aboutLength.test(all[at - (at % 2)] ?? ''));
  return [...others, 'content-length', String(length)];
}

/**
 * Hands an engine's answer to whoever asked, with the date of `res`: an SDK sets its clock by an answer's date, and
 * engines go by the machine's time.
 */
export function passOn(answer: IncomingMessage, res: ServerResponse): void {
  const headers = answer.rawHeaders.filter((_, at, all) => !/^date$/i.test(all[at - (at % 2)] ?? ''));
  res.writeHead(answer.statusCode ?? 502, headers);
  answer.on('error', () => res.destroy());
  answer.pipe(res);
}
