import type { Context } from 'aws-lambda';
import type { HttpReply } from '#web/http/event.ts';
import type { WebEvent } from '#web/http/found.ts';

type Handler = (event: WebEvent, context: Context) => Promise<unknown>;

export interface Request {
  readonly method?: string;
  readonly body?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** Posted as API Gateway posts forms: in base64. */
  readonly base64?: boolean;
  readonly from?: string;
  /** Each character of the body is a byte. */
  readonly binary?: boolean;
}

/** By name, or as pairs where a name comes more than once. */
type Fields = Readonly<Record<string, string>> | [string, string][];

const FORM = 'application/x-www-form-urlencoded';

/** A request as API Gateway hands it over, payload format 2.0. */
export const webEvent = (address: string, request: Request = {}): WebEvent => {
  const {
    method = 'GET',
    body = null,
    headers = {},
    cookies = [],
    base64 = true,
    from = '192.0.2.1',
    binary = false,
  } = request;
  const [rawPath = '/', rawQueryString = ''] = address.split('?');
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    headers: body === null ? headers : { 'content-type': FORM, ...headers },
    ...(cookies.length > 0 ? { cookies: [...cookies] } : {}),
    requestContext: { requestId: 'request-1', http: { method, path: rawPath, sourceIp: from } },
    ...(body === null
      ? {}
      : { body: base64 ? Buffer.from(body, binary ? 'latin1' : 'utf8').toString('base64') : body }),
    isBase64Encoded: body !== null && base64,
  } as WebEvent;
};

/** Somebody's browser: keeps the cookie, and knows the form token of the page that it saw last. */
export class Browser {
  readonly #handler: Handler;
  cookie: string | null = null;
  csrf = '';
  /** The address that it comes from. */
  from = '192.0.2.1';

  constructor(handler: unknown) {
    this.#handler = handler as Handler;
  }

  async send(address: string, request: Request = {}): Promise<HttpReply> {
    const cookies = request.cookies ?? (this.cookie === null ? [] : [this.cookie]);
    const reply = (await this.#handler(
      webEvent(address, { from: this.from, ...request, cookies }),
      {} as Context,
    )) as HttpReply;
    const [set] = reply.cookies ?? [];
    if (set) this.cookie = set.split(';')[0] ?? null;
    const token = /name="csrf" value="([^"]*)"/.exec(reply.body)?.[1];
    if (token) this.csrf = token;
    return reply;
  }

  get(address: string): Promise<HttpReply> {
    return this.send(address);
  }

  /** Posts a form with the token of the page seen last. */
  post(address: string, fields: Fields): Promise<HttpReply> {
    const { csrf } = this;
    const pairs = Array.isArray(fields) ? [['csrf', csrf], ...fields] : { csrf, ...fields };
    const body = new URLSearchParams(pairs as Record<string, string>).toString();
    return this.send(address, { method: 'POST', body });
  }

  /** Posts a form with a file in it, as a browser encodes it. */
  async upload(
    address: string,
    fields: Readonly<Record<string, string>>,
    file: { readonly name: string; readonly bytes: Uint8Array } | null,
  ): Promise<HttpReply> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ csrf: this.csrf, ...fields })) form.append(name, value);
    const blob = new Blob(file ? [new Uint8Array(file.bytes)] : [], { type: 'application/octet-stream' });
    form.append('file', blob, file?.name ?? '');
    const encoded = new Response(form);
    const body = Buffer.from(await encoded.arrayBuffer()).toString('latin1');
    const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
    return this.send(address, { method: 'POST', body, headers, binary: true });
  }

  /** Follows a reply to the address that it names. */
  async follow(reply: HttpReply): Promise<HttpReply> {
    const to = reply.headers.location;
    if (reply.statusCode !== 303 || to === undefined) throw new Error(`not sent on, but ${reply.statusCode}`);
    return this.get(to);
  }
}
