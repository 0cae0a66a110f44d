import type * as z from 'zod';

/**
 * Reads a function's settings from its environment. Throws at the start, naming each variable that is
 * missing or wrong, never its value.
 */
export const readEnvironment = <Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> => {
  const read = schema.safeParse(environment);
  if (read.success) return read.data;
  const wrong = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))];
  throw new Error(`These environment variables are missing or wrong: ${wrong.join(', ')}`);
};
