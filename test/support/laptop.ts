import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '#infra/local/free-port.ts';
import type { MailSummary } from '#infra/local/mail.ts';

export interface LaptopSettings {
  /** A folder of an earlier laptop; left out, a new one that `stop` removes. */
  dataDir?: string;
  /** Without the demonstration data. Default: true. */
  empty?: boolean;
  /** Where the clock starts, for example `2027-03-28T00:30:00Z`. */
  now?: string;
  port?: number;
  /** More of the environment, for example FOLKMOOT_ABUSE_LIMITS. */
  env?: Record<string, string>;
}

export interface LaptopSession {
  /** A ready Cookie header. */
  cookie: string;
  csrf: string;
}

export interface ScheduleResult {
  status: string;
  durationMs: number;
  result: unknown;
}

/** A laptop as `npm start` runs it, in a process of its own. */
export interface TestLaptop {
  /** Where people see the service: `http://127.0.0.1:<port>` */
  url: string;
  consoleUrl: string;
  dataDir: string;
  process: ChildProcess;
  /** Everything that it printed. */
  output(): string;
  /** Does not follow redirects. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form; does not follow redirects. */
  post(
    path: string,
    form: Record<string, string> | URLSearchParams,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** The mailbox, newest first. */
  mail(to?: string): Promise<MailSummary[]>;
  clearMail(): Promise<void>;
  /** Waits until the mailbox holds `count` mails (to an address). */
  waitForMail(count: number, to?: string): Promise<MailSummary[]>;
  /** The clock's time; sets it first when `now` is given (null: back to real time). */
  clock(now?: string | null): Promise<string>;
  /** Waits until nothing is on its way any more: what was written has gone through streams and queues. */
  settle(): Promise<void>;
  session(email: string): Promise<LaptopSession>;
  run(schedule: string): Promise<ScheduleResult>;
  /** JSON from the console. */
  console<T>(path: string, init?: RequestInit): Promise<T>;
  /** SIGTERM; waits for the end, and removes the data folder unless it was given. */
  stop(): Promise<void>;
  /** SIGKILL; keeps the data. Start again with `dataDir`. */
  kill(): Promise<void>;
}

const START_LIMIT_MS = 120_000;
const program = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));

/**
 * Starts a laptop on free ports and waits until it is ready. It runs what is in build/: `npm test` builds first, and
 * `npm run build` does so by hand.
 */
export async function startLaptop(settings: LaptopSettings = {}, attempts = 3): Promise<TestLaptop> {
  try {
    return await startOnce(settings);
  } catch (error) {
    // Somebody else may take a port between finding and using it.
    if (settings.port || attempts === 1 || !/Port \d+ is taken/.test(String(error))) throw error;
    return startLaptop(settings, attempts - 1);
  }
}

async function startOnce(settings: LaptopSettings): Promise<TestLaptop> {
  const port = settings.port ?? (await findFreePort());
  const consolePort = await findFreePort();
  const dataDir = settings.dataDir ?? mkdtempSync(join(tmpdir(), 'folkmoot-laptop-'));
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      CONSOLE_PORT: String(consolePort),
      FOLKMOOT_DATA: dataDir,
      FOLKMOOT_SKIP_BUILD: '1',
      FOLKMOOT_EMPTY: (settings.empty ?? true) ? '1' : '',
      FOLKMOOT_NOW: settings.now ?? '',
      // Signatures that happen to be on this machine take seconds to be read, for each file.
      FOLKMOOT_CLAMD: '/nowhere',
      FOLKMOOT_CLAMAV_DATABASE: '/nowhere',
      ...settings.env,
    },
  });
  const output = await waitUntilReady(child);
  const url = `http://127.0.0.1:${port}`;
  const consoleUrl = `http://127.0.0.1:${consolePort}`;
  const end = async (signal: NodeJS.Signals) => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await gone;
    }
  };
  return {
    url,
    consoleUrl,
    dataDir,
    process: child,
    output,
    ...clientOf(url, consoleUrl),
    stop: async () => {
      await end('SIGTERM');
      if (!settings.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
  };
}

/** What can be asked of a laptop that runs, whoever started it. */
export type LaptopClient = Pick<
  TestLaptop,
  'get' | 'post' | 'mail' | 'clearMail' | 'waitForMail' | 'clock' | 'settle' | 'session' | 'run' | 'console'
>;

export function clientOf(url: string, consoleUrl: string): LaptopClient {
  const console = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetch(`${consoleUrl}${path}`, init);
    if (!response.ok)
      throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const send = <T>(method: string, path: string, body: unknown) =>
    console<T>(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const clock = async (now?: string | null): Promise<string> => {
    const { now: is } = await (now === undefined
      ? console<{ now: string }>('/clock')
      : send<{ now: string }>('PUT', '/clock', { now }));
    return is;
  };
  const mail = (to?: string) => console<MailSummary[]>(`/mail${to ? `?to=${encodeURIComponent(to)}` : ''}`);
  return {
    console,
    mail,
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers, redirect: 'manual' }),
    post: (path, form, headers = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { origin: url, ...headers },
        redirect: 'manual',
      }),
    clearMail: async () => {
      await console('/mail', { method: 'DELETE' });
    },
    waitForMail: (count, to) =>
      waitFor(
        () => mail(to),
        (mails) => mails.length >= count,
      ),
    clock,
    // Setting the clock, also to what it is, waits for that.
    settle: async () => {
      await clock(await clock());
    },
    session: (email) => send<LaptopSession>('POST', '/session', { email }),
    run: (schedule) => send<ScheduleResult>('POST', `/schedules/${schedule}/run`, {}),
  };
}

/** Only what will not come any more takes so long, however busy the machine is. */
const PATIENCE_MS = 60_000;

/** Asks again and again until the answer will do; after a minute it gives what it last got. */
export async function waitFor<T>(ask: () => Promise<T> | T, isEnough: (answer: T) => boolean): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  let answer = await ask();
  while (!isEnough(answer) && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    answer = await ask();
  }
  return answer;
}

async function waitUntilReady(child: ChildProcess): Promise<() => string> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The laptop is not ready.\n${text}`));
    }, START_LIMIT_MS);
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      if (!/^ready {2}http/m.test(text)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      // The gate prints the first line alone.
      const cause = text.trim().split('\n').at(-1) ?? '';
      reject(new Error(`The laptop ended (${signal ?? code}) before it was ready: ${cause}\n${text}`));
    });
  });
  return () => text;
}
