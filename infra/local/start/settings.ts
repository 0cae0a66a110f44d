import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultLimits, type MailLimits } from '../mail/sending-limits.ts';
import { defaultMalware, type MalwareSettings } from '../malware/find-scanner.ts';

export interface Settings {
  root: string;
  dataDir: string;
  port: number;
  consolePort: number;
  /** No demonstration data. */
  isEmpty: boolean;
  startAt: Date | undefined;
  throttled: boolean;
  mailLimits: MailLimits;
  malware: MalwareSettings;
  /** Runs what is in build/, for tests that start many laptops. */
  skipBuild: boolean;
  /** Where it is noted what functions did with their permissions, for `npm run permissions`. */
  usageDir: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the laptop's settings. Throws with the variable that is not usable. */
export function readSettings(environment: Environment): Settings {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  return {
    root,
    dataDir: resolve(root, environment.FOLKMOOT_DATA || '.folkmoot'),
    port: readPort(environment, 'PORT', 3000),
    consolePort: readPort(environment, 'CONSOLE_PORT', 3001),
    isEmpty: environment.FOLKMOOT_EMPTY === '1',
    startAt: readInstant(environment, 'FOLKMOOT_NOW'),
    throttled: environment.FOLKMOOT_ABUSE_LIMITS !== 'off',
    mailLimits: {
      perSecond: readCount(environment, 'FOLKMOOT_MAIL_RATE', defaultLimits.perSecond),
      perDay: readCount(environment, 'FOLKMOOT_MAIL_QUOTA', defaultLimits.perDay),
    },
    malware: readMalware(environment),
    skipBuild: environment.FOLKMOOT_SKIP_BUILD === '1',
    usageDir: environment.FOLKMOOT_USAGE ? resolve(root, environment.FOLKMOOT_USAGE) : undefined,
  };
}

function readMalware({
  FOLKMOOT_MALWARE: mode,
  FOLKMOOT_CLAMD: socket,
  FOLKMOOT_CLAMAV_DATABASE: database,
}: Environment): MalwareSettings {
  if (mode && mode !== 'silent')
    throw new Error(`FOLKMOOT_MALWARE is "${mode}"; it takes "silent" or nothing.`);
  return {
    silent: mode === 'silent',
    socket: socket || defaultMalware.socket,
    database: database || defaultMalware.database,
  };
}

function readPort(environment: Environment, name: string, byDefault: number): number {
  const text = environment[name] || String(byDefault);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} is "${text}"; it takes a port from 1 to 65535.`);
}

function readCount(environment: Environment, name: string, byDefault: number): number {
  const text = environment[name] || String(byDefault);
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`${name} is "${text}"; it takes a whole number from 1.`);
}

function readInstant(environment: Environment, name: string): Date | undefined {
  const text = environment[name];
  if (!text) return undefined;
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new Error(`${name} is "${text}"; it takes a time such as 2027-03-28T00:30:00Z.`);
}
