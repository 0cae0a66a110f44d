import { randomBytes } from 'node:crypto';
import type { Credentials } from '../engine.ts';
import { openStateFile } from '../state-file.ts';

/** The name under which the operator's credentials are kept; no function can have it. */
export const OPERATOR = '(operator)';

export interface CredentialStore {
  /** The credentials of a function, made when they are first asked for, the same ever after. */
  of(name: string): Credentials;
  /** Whose access key this is: a function's name, OPERATOR, or undefined for an unknown key. */
  ownerOf(accessKeyId: string): string | undefined;
  find(accessKeyId: string): Credentials | undefined;
}

/** Keeps credentials in `file`, so that a program that holds them works after a restart. */
export function openCredentials(file: string): CredentialStore {
  const state = openStateFile<Record<string, Credentials>>(file, {});
  const owners = new Map(Object.entries(state.value).map(([name, { accessKeyId }]) => [accessKeyId, name]));
  const create = (name: string): Credentials => {
    const created = newCredentials(name);
    state.value[name] = created;
    state.save();
    owners.set(created.accessKeyId, name);
    return created;
  };
  return {
    of: (name) => state.value[name] ?? create(name),
    ownerOf: (accessKeyId) => owners.get(accessKeyId),
    find: (accessKeyId) => state.value[owners.get(accessKeyId) ?? ''],
  };
}

/** In the form of AWS's: a role's keys (ASIA, with a session token) for a function, a user's for the operator. */
function newCredentials(name: string): Credentials {
  const id = randomBytes(20)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, 16)
    .padEnd(16, 'X');
  const secretAccessKey = randomBytes(30).toString('base64');
  if (name === OPERATOR) return { accessKeyId: `AKIA${id}`, secretAccessKey };
  return { accessKeyId: `ASIA${id}`, secretAccessKey, sessionToken: randomBytes(48).toString('base64') };
}
