import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SelectedRoute } from './select-route.ts';

const hopByHop = new Set([
  'connection',
  'cookie',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Bodies of these types reach the function as text, all others in base64 (forms, too). */
const textual = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.+-]+\+(json|xml)\b)/i;

export interface ProxyEventContext {
  accountId: string;
  region: string;
  apiId: string;
  /** `http` or `https`: how people reach the service. */
  scheme: string;
  /** What CloudFront adds for the origin. */
  requestHeaders: Record<string, string>;
  now: Date;
}

/**
 * The event of API Gateway's payload format 2.0, as a function behind CloudFront and an HTTP API sees it: the path
 * comes decoded, the query as it was sent, the host is the API's own, and people's address is the last in
 * x-forwarded-for.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function proxyEvent(
  req: IncomingMessage,
  { path, query, body }: { path: string; query: string; body: Buffer },
  { route, pathParameters }: SelectedRoute,
  context: ProxyEventContext,
): object {
  const headers = readHeaders(req, context);
  const cookies = req.headersDistinct.cookie?.flatMap((line) => line.split(/;\s*/)).filter(Boolean);
  const isText = textual.test(headers['content-type'] ?? 'text/plain');
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers,
    ...(query && { queryStringParameters: readQuery(query) }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      domainName: headers.host,
      domainPrefix: context.apiId,
      http: {
        method: req.method,
        path,
        protocol: `HTTP/${req.httpVersion}`,
        sourceIp: req.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: formatTime(context.now),
      timeEpoch: context.now.getTime(),
    },
    ...(pathParameters && { pathParameters }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function readHeaders(req: IncomingMessage, context: ProxyEventContext): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(req.headersDistinct)) {
    if (values && !hopByHop.has(name)) headers[name] = values.join(',');
  }
  const address = req.socket.remoteAddress ?? '127.0.0.1';
  return {
    ...headers,
    ...context.requestHeaders,
    host: `${context.apiId}.execute-api.${context.region}.amazonaws.com`,
    'x-amzn-trace-id': `Root=1-${Math.floor(context.now.getTime() / 1000).toString(16)}-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    'x-forwarded-for': [headers['x-forwarded-for'], address].filter(Boolean).join(', '),
    'x-forwarded-port': context.scheme === 'https' ? '443' : '80',
    'x-forwarded-proto': context.scheme,
  };
}

function readQuery(query: string): Record<string, string> {
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  }
  return parameters;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As in an access log: 12/Mar/2027:19:03:58 +0000 */
function formatTime(now: Date): string {
  const iso = now.toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[now.getUTCMonth()]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
