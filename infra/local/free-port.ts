import { createServer } from 'node:net';

const LOWEST = 10_000;
/** Linux gives connections that go out ports from here on: one of them may take a port between finding and using it. */
const FIRST_FOR_CONNECTIONS = 32_768;
const ATTEMPTS = 50;

/**
 * A port of 127.0.0.1 that nobody listens on, from below those that the system itself hands out. Somebody else may
 * still be faster: who can start again with another port should.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = LOWEST + Math.floor(Math.random() * (FIRST_FOR_CONNECTIONS - LOWEST));
    if (await isFree(port)) return port;
  }
  throw new Error(`No port of ${ATTEMPTS} was free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
