import type { Area } from '#domain/areas/area.ts';
import type { SubmissionReceipt } from '#domain/priorities/leave-submission.ts';
import type { Category } from '#domain/priorities/submission.ts';
import type { Caution } from '#domain/priorities/wording.ts';
import type { FormModel } from '../forms/form.ts';
import { view } from '../render/render.ts';
import type { Subject } from './journey.ts';
import type { PriorityShown } from './show-priority.ts';

export const priorityView = view<{ priority: PriorityShown; area: Area; open: boolean }>(
  'priorities/priority.njk',
);

interface StepModel {
  readonly subject: Subject;
  /** The page before this one. */
  readonly back: string;
}

export const textView = view<StepModel & FormModel & { max: number }>('priorities/leave-text.njk');

export const warningView = view<
  StepModel & { cautions: readonly Caution[]; change: string; onwards: string }
>('priorities/leave-warning.njk');

export const categoryView = view<StepModel & FormModel & { categories: readonly Category[] }>(
  'priorities/leave-category.njk',
);

export const emailView = view<StepModel & FormModel>('priorities/leave-email.njk');

export const checkView = view<
  StepModel & {
    fields: Readonly<Record<string, string>>;
    cautions: readonly Caution[];
    change: Readonly<Record<'text' | 'category' | 'email', string>>;
  }
>('priorities/leave-check.njk');

export const receivedView = view<{ subject: Subject; receipt: SubmissionReceipt; mailed: boolean }>(
  'priorities/leave-received.njk',
);
