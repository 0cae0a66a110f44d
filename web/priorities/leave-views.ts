import { prioritiesLeaveCategory } from '#build/templates/priorities/leave-category.njk.js';
import { prioritiesLeaveCheck } from '#build/templates/priorities/leave-check.njk.js';
import { prioritiesLeaveEmail } from '#build/templates/priorities/leave-email.njk.js';
import { prioritiesLeaveReceived } from '#build/templates/priorities/leave-received.njk.js';
import { prioritiesLeaveText } from '#build/templates/priorities/leave-text.njk.js';
import { prioritiesLeaveWarning } from '#build/templates/priorities/leave-warning.njk.js';
import type { SubmissionReceipt } from '#domain/priorities/leave-submission.ts';
import type { Category } from '#domain/priorities/submission.ts';
import type { Caution } from '#domain/priorities/wording.ts';
import type { FormModel } from '../forms/form.ts';
import { view } from '../render/render.ts';
import type { Subject } from './journey.ts';

interface StepModel {
  readonly subject: Subject;
  /** The page before this one. */
  readonly back: string;
}

export const textView = view<StepModel & FormModel & { max: number }>(prioritiesLeaveText);

export const warningView = view<
  StepModel & { cautions: readonly Caution[]; change: string; onwards: string }
>(prioritiesLeaveWarning);

export const categoryView = view<StepModel & FormModel & { categories: readonly Category[] }>(
  prioritiesLeaveCategory,
);

export const emailView = view<StepModel & FormModel>(prioritiesLeaveEmail);

export const checkView = view<
  StepModel & {
    fields: Readonly<Record<string, string>>;
    cautions: readonly Caution[];
    change: Readonly<Record<'text' | 'category' | 'email', string>>;
  }
>(prioritiesLeaveCheck);

export const receivedView = view<{ subject: Subject; receipt: SubmissionReceipt; mailed: boolean }>(
  prioritiesLeaveReceived,
);
