import type { Visit } from '../http/route.ts';
import type { FieldError } from './form.ts';

/** What is to be said of a guarded form that is shown again, at its first field; null when it is taken. */
export const guardError = ({ guard }: Pick<Visit, 'guard'>, field: string): FieldError | null =>
  guard === null ? null : { field, key: `form.guard.${guard}` };
