import { execFile } from 'node:child_process';
import { findProgram } from './find-program.ts';
import type { CallerCredentials, LaptopEngines } from './signed-calls.ts';

/** How a run of AWS's own command line tool ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export type RunAws = (
  service: 'dynamodb' | 's3' | 's3api' | 'sqs' | 'ses',
  ...args: string[]
) => Promise<Ran>;

/** AWS's own command line tool; undefined where it is not installed. */
export const findAws = (): string | undefined => findProgram('aws');

/** Runs it against the engines of a laptop with somebody's credentials. `home` is a folder for what it keeps. */
export const awsAs =
  (
    engines: LaptopEngines,
    { accessKeyId, secretAccessKey, sessionToken }: CallerCredentials,
    home: string,
  ): RunAws =>
  (service, ...args) =>
    new Promise((resolve) => {
      const engine = service === 's3api' ? 's3' : service;
      const env = {
        PATH: process.env.PATH,
        HOME: home,
        AWS_DEFAULT_REGION: engines.region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
        AWS_MAX_ATTEMPTS: '1',
      };
      const command = ['--endpoint-url', engines[engine].endpoint, '--output', 'json', service, ...args];
      execFile(findAws() ?? 'aws', command, { env }, (error, out, err) =>
        resolve({ code: error ? 1 : 0, out, err }),
      );
    });
