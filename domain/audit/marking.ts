import * as z from 'zod';
import * as core from 'zod/v4/core';

/**
 * What the audit trail keeps of a field: its values; that it changed, and no value; how many there are; or nothing,
 * because it only counts versions and changes with everything.
 */
export type Marking = 'shown' | 'withheld' | 'counted' | 'left out';

const markings = z.registry<{ readonly marking: Marking }>();

/** Marks a copy: the same schema may mean something else in another record. */
const mark = <Schema extends z.ZodType>(schema: Schema, marking: Marking): Schema => {
  const marked = schema.clone();
  markings.add(marked as z.ZodType, { marking });
  return marked;
};

/** A field whose values the audit trail shows. Nothing that a person has written about a person. */
export const shown = <Schema extends z.ZodType>(schema: Schema): Schema => mark(schema, 'shown');

/** A field with personal data, or with a secret: the audit trail tells that it changed, and never its value. */
export const personal = <Schema extends z.ZodType>(schema: Schema): Schema => mark(schema, 'withheld');

/** A list that only grows: the audit trail tells how long it is. */
export const counted = <Schema extends z.ZodType>(schema: Schema): Schema => mark(schema, 'counted');

/** A field that says nothing by itself, such as the number of a version. */
export const leftOut = <Schema extends z.ZodType>(schema: Schema): Schema => mark(schema, 'left out');

/** How a schema itself was marked, if it was. */
export const markingOf = (schema: core.$ZodType): Marking | undefined => markings.get(schema)?.marking;

type Inner = { readonly innerType: core.$ZodType };

/** The schema inside one that only adds null, a default and the like; undefined for all others. */
export const innerOf = (schema: core.$ZodType): core.$ZodType | undefined => {
  const { def } = schema._zod;
  return ['nullable', 'optional', 'default', 'readonly', 'catch', 'prefault', 'nonoptional'].includes(
    def.type,
  )
    ? (def as unknown as Inner).innerType
    : undefined;
};

/** The fields of an object, the elements of a list, the choices of a union: what may be marked one by one. */
export const fieldsOf = (schema: core.$ZodType): Readonly<Record<string, core.$ZodType>> | undefined =>
  schema instanceof core.$ZodObject ? schema._zod.def.shape : undefined;

export const elementOf = (schema: core.$ZodType): core.$ZodType | undefined =>
  schema instanceof core.$ZodArray ? schema._zod.def.element : undefined;

export const choicesOf = (schema: core.$ZodType): readonly core.$ZodType[] | undefined =>
  schema instanceof core.$ZodUnion ? schema._zod.def.options : undefined;
