import type { EngineError } from './engine-error.ts';
import type { EngineRequest } from './protocol.ts';

/** The operation that the header X-Amz-Target names; undefined when it names none. */
export function targetOf(request: EngineRequest, pattern: RegExp): string | undefined {
  return pattern.exec(String(request.headers['x-amz-target'] ?? ''))?.[1];
}

/** The body as an object. Throws what `otherwise` makes when it is no such thing. */
export function parseJsonBody(request: EngineRequest, otherwise: () => EngineError): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(request.body.toString('utf8') || '{}');
  } catch {
    throw otherwise();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw otherwise();
  return value as Record<string, unknown>;
}

/** The text of a field; empty when there is none. */
export const textOf = (body: object, field: string): string => {
  const value = (body as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : '';
};

/** The objects in a list; what is no object, the engine itself will refuse. */
export const objectsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
