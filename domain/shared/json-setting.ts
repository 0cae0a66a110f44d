import * as z from 'zod';

/** A setting that is an object, written as JSON. */
export const jsonSetting = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        context.issues.push({ code: 'custom', message: 'Not JSON', input: null });
        return z.NEVER;
      }
    })
    .pipe(schema);
