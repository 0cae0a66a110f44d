import { Visitor } from '#test/support/http-client.ts';

const ATTEMPTS = 4;

/**
 * A person who, at an error page or a broken connection, does what people do: loads the page again, or sends the same
 * form again. A few times, not for ever.
 */
export class PersistentVisitor extends Visitor {
  override async send(path: string | URL, init: RequestInit = {}): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await super.send(path, init).catch((fault: unknown) => fault as Error);
      const isFailed = response instanceof Error || response.status >= 500;
      if (!isFailed) return response;
      if (attempt === ATTEMPTS) {
        const what = response instanceof Error ? response.message : `answered ${response.status}`;
        throw new Error(`${init.method ?? 'GET'} ${path}: ${what}, ${ATTEMPTS} times`);
      }
      if (!(response instanceof Error)) await response.arrayBuffer();
    }
  }
}
