import * as z from 'zod';
import { categories, MAX_TEXT } from '#domain/priorities/submission.ts';
import { optionalEmailField, textField } from '../forms/form.ts';

/** What a person leaves as a priority of their own. */
export const textForm = z.object({
  text: textField({ max: MAX_TEXT, empty: 'leave.text.empty', long: 'leave.text.long' }),
});

/** What a person adds to the support of a priority: may be empty. */
export const wordsForm = z.object({ text: textField({ max: MAX_TEXT, long: 'leave.words.long' }) });

export const categoryForm = z.object({
  category: z.enum(['', ...categories], { error: 'leave.category.wrong' }),
});

export const emailForm = z.object({
  email: optionalEmailField('leave.email.wrong').transform((address) => address ?? ''),
});
