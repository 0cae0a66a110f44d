import type { AreaCode } from '#domain/areas/area.ts';
import type { PriorityNews } from '#domain/priorities/change-priority.ts';
import type { Category, Channel } from '#domain/priorities/submission.ts';
import type { TriageDecision } from '#domain/priorities/triage-submission.ts';

/** News of a priority, so many days ago. */
export type DemoNews = { readonly daysAgo: number; readonly text: string } & Pick<PriorityNews, 'status'> & {
    readonly closedReason?: string;
  };

/** A priority, how it came about and what became of it. */
export interface DemoPriority {
  readonly key: string;
  readonly area: AreaCode;
  readonly title: string;
  readonly description: string;
  readonly category: Category;
  readonly adoptedDaysAgo: number;
  /** What somebody said, out of which it was adopted, and what they were answered. */
  readonly said: string;
  readonly channel: Channel;
  readonly answer: string;
  readonly supporters: number;
  readonly news: readonly DemoNews[];
}

/** What became of a submission by now, as far as it has. */
interface DemoTriage {
  readonly afterHours: number;
  readonly decision:
    | { readonly kind: 'join'; readonly priority: string }
    | Extract<TriageDecision, { kind: 'pass-on' | 'not-take-up' }>;
}

/** What somebody left, so many hours ago. */
export interface DemoSubmission {
  readonly key: string;
  readonly area: AreaCode;
  readonly hoursAgo: number;
  readonly text: string;
  readonly category: Category | null;
  readonly channel: Channel;
  readonly email: string | null;
  /** The key of a priority. */
  readonly supports?: string;
  readonly triage?: DemoTriage;
  readonly answered?: { readonly afterHours: number; readonly text: string };
}
