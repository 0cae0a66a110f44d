import * as z from 'zod';
import { countCharacters, emailAddressSchema, tidyText } from '#domain/shared/text.ts';
import type { MessageKey } from '../render/translate.ts';

/** What was wrong with a field, as a sentence of the catalogue. */
export interface FieldError {
  readonly field: string;
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What a form page shows: what was typed, and what was wrong with it. */
export interface FormModel {
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
}

export type FormOutcome<Values> =
  | { readonly ok: true; readonly values: Values }
  | ({ readonly ok: false } & FormModel);

/** An untouched form, or one that shows what was typed before. */
export const untouched = (typed: Readonly<Record<string, string>> = {}): FormModel => ({ typed, errors: [] });

/** What a form shows in which some boxes are ticked. */
export interface TickedForm extends FormModel {
  readonly ticked: readonly string[];
}

/** The boxes of a form that are ticked, each once. */
export const ticksOf = (posted: URLSearchParams, name: string): readonly string[] => [
  ...new Set(posted.getAll(name)),
];

type FormSchema = z.ZodObject<Record<string, z.ZodType>>;

/**
 * Reads a posted form by its schema. Fields that the schema does not know are left alone; a field that
 * came more than once is refused, since nobody can tell which was meant. Each field shows its first error.
 */
export const readFields = <Schema extends FormSchema>(
  schema: Schema,
  posted: URLSearchParams,
): FormOutcome<z.output<Schema>> => {
  const names = Object.keys(schema.shape);
  const typed: Record<string, string> = {};
  const repeated: FieldError[] = [];
  for (const name of names) {
    const values = posted.getAll(name);
    typed[name] = (values[0] ?? '').toWellFormed();
    if (values.length > 1) repeated.push({ field: name, key: 'form.repeated' });
  }
  const parsed = schema.safeParse(typed);
  if (parsed.success && repeated.length === 0) return { ok: true, values: parsed.data };
  const wrong = parsed.error?.issues.map((issue) => errorOf(issue)) ?? [];
  const first = new Map<string, FieldError>();
  for (const error of [...repeated, ...wrong]) if (!first.has(error.field)) first.set(error.field, error);
  return { ok: false, typed, errors: names.flatMap((name) => first.get(name) ?? []) };
};

const errorOf = (issue: z.core.$ZodIssue): FieldError => {
  const values = 'params' in issue ? (issue.params as FieldError['values']) : undefined;
  return {
    field: String(issue.path[0] ?? ''),
    key: issue.message as MessageKey,
    ...(values ? { values } : {}),
  };
};

/** Text of one or several lines, tidied, of at most so many characters as a person counts them. */
export const textField = ({ max, empty, long }: { max: number; empty?: MessageKey; long: MessageKey }) =>
  z
    .string()
    .transform(tidyText)
    .check((context) => {
      const characters = countCharacters(context.value);
      if (empty && characters === 0)
        context.issues.push({ code: 'custom', message: empty, input: context.value });
      if (characters > max) {
        context.issues.push({
          code: 'custom',
          message: long,
          input: context.value,
          params: { max, over: characters - max },
        });
      }
    });

/** One of some choices. */
export const choiceField = <const Choice extends string>(choices: readonly Choice[], missing: MessageKey) =>
  z.enum(choices, { error: missing });

/** An e-mail address. */
export const emailField = (wrong: MessageKey) =>
  z
    .string()
    .transform(tidyText)
    .transform((typed, context) => {
      const address = emailAddressSchema.safeParse(typed);
      if (address.success) return address.data;
      context.issues.push({ code: 'custom', message: wrong, input: typed });
      return z.NEVER;
    });

/** An e-mail address, or null when the field was left empty. */
export const optionalEmailField = (wrong: MessageKey) =>
  z
    .string()
    .transform(tidyText)
    .transform((typed, context) => {
      if (typed === '') return null;
      const address = emailAddressSchema.safeParse(typed);
      if (address.success) return address.data;
      context.issues.push({ code: 'custom', message: wrong, input: typed });
      return z.NEVER;
    });

/** The version of the record that a form was made from; 0, which no record has, when it is not a version. */
export const versionField = z.coerce.number().int().positive().catch(0);
