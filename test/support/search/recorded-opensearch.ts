import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { parseScope, signRequest } from '#infra/local/engine/signature.ts';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

export interface RecordedAnswer {
  readonly status?: number;
  readonly body: unknown;
}

export const CREDENTIALS = { accessKeyId: 'KEY', secretAccessKey: 'secret', sessionToken: 'session' };

/**
 * A server that knows nothing of searching: it refuses what is not signed, keeps what it was asked, and answers with
 * what the documentation of OpenSearch says that it answers, in order.
 */
export const startRecordedOpenSearch = async (answers: RecordedAnswer[]) => {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const [path = '', query = ''] = (req.url ?? '').split('?');
    const signed = { method: req.method ?? '', path, query: new URLSearchParams(query), body: req };
    const refusal = await refusalOf(signed, req.headers);
    if (refusal === null)
      requests.push({
        method: signed.method,
        path: req.url ?? '',
        type: req.headers['content-type'] ?? '',
        body,
      });
    const answer = refusal ??
      answers.shift() ?? { status: 500, body: { error: { type: 'nothing_recorded' } } };
    res.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
const refusalOf = async (
  signed: Parameters<typeof signRequest>[0],
  headers: Readonly<Record<string, unknown>>,
): Promise<RecordedAnswer | null> => {
  const parts = /Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, credential = '', names = '', signature] = parts.exec(String(headers.authorization)) ?? [];
  const scope = parseScope(credential);
  const payloadHash = String(headers['x-amz-content-sha256']);
  const right =
    scope?.service === 'es' &&
    scope.region === 'eu-west-2' &&
    headers['x-amz-security-token'] === CREDENTIALS.sessionToken &&
    (await signRequest(signed, {
      ...{ signedHeaders: names.split(';'), payloadHash, at: String(headers['x-amz-date']) },
      ...{ scope, credentials: CREDENTIALS },
    }));
  return right === signature && signature
    ? null
    : { status: 403, body: { error: { type: 'security_exception' } } };
};
