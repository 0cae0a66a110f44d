import type * as z from 'zod';
import * as core from 'zod/v4/core';
import type { Fields, Shown } from './audit.ts';
import { choicesOf, elementOf, fieldsOf, innerOf, markingOf } from './marking.ts';

/** Stands for a value that the audit trail does not keep. */
export const WITHHELD = { withheld: true } as const;

type Schema = core.$ZodType;

const fits = (schema: Schema, value: unknown): boolean => core.safeParse(schema, value).success;

/**
 * What the trail keeps of a value. What nobody has marked is withheld: a field that is added in a hurry is a gap in
 * the trail, not a leak into something that cannot be changed any more.
 */
const show = (schema: Schema, value: unknown): Shown | undefined => {
  const marking = markingOf(schema);
  if (marking === 'left out') return undefined;
  if (value === null || value === undefined) return null;
  if (marking === 'withheld') return WITHHELD;
  if (marking === 'shown') return JSON.parse(JSON.stringify(value)) as Shown;
  if (marking === 'counted') return Array.isArray(value) ? { count: value.length } : WITHHELD;
  return showParts(schema, value);
};

const showParts = (schema: Schema, value: unknown): Shown | undefined => {
  const inner = innerOf(schema);
  if (inner) return show(inner, value);
  const fields = fieldsOf(schema);
  if (fields) return showFields(fields, value as Readonly<Record<string, unknown>>);
  const element = elementOf(schema);
  if (element) return (value as readonly unknown[]).map((each) => show(element, each) ?? null);
  const choice = choicesOf(schema)?.find((each) => fits(each, value));
  return choice ? show(choice, value) : WITHHELD;
};

const showFields = (
  fields: Readonly<Record<string, Schema>>,
  record: Readonly<Record<string, unknown>>,
): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, schema]) => {
      const kept = show(schema, record[name]);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * What a deed did to a record, as an audit entry tells it: of a new record and of one that is gone all fields, of a
 * changed one those that changed. Values come through the marking of their fields (see marking.ts).
 */
export const describeChange = <T extends object>(
  schema: z.ZodType<T>,
  before: T | null,
  after: T | null,
): { readonly before: Fields | null; readonly after: Fields | null } => {
  const fields = fieldsOf(schema);
  if (!fields) throw new TypeError('Only the changes of records with fields can be described');
  const old = before as Readonly<Record<string, unknown>> | null;
  const now = after as Readonly<Record<string, unknown>> | null;
  const changed = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !old || !now || !isSame(old[name], now[name])),
  );
  return { before: old && showFields(changed, old), after: now && showFields(changed, now) };
};

/** The fields, as paths, of which nobody has said what the trail keeps. A test fails unless there are none. */
export const findUnmarked = (schema: Schema, path = ''): readonly string[] => {
  if (markingOf(schema) !== undefined) return [];
  const inner = innerOf(schema);
  if (inner) return findUnmarked(inner, path);
  const fields = fieldsOf(schema);
  if (fields)
    return Object.entries(fields).flatMap(([name, each]) =>
      findUnmarked(each, path === '' ? name : `${path}.${name}`),
    );
  const element = elementOf(schema);
  if (element) return findUnmarked(element, `${path}[]`);
  const choices = choicesOf(schema);
  return choices ? [...new Set(choices.flatMap((each) => findUnmarked(each, path)))] : [path];
};
