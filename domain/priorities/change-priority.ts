import type { Areas } from '../areas/ports.ts';
import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Clock } from '../shared/clock.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Facts } from '../shared/facts.ts';
import type { Id, Ids } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { may } from '../staff/may.ts';
import type { Priorities } from './ports.ts';
import { type Priority, type PriorityStatus, prioritySchema } from './priority.ts';
import type { StaffDeed } from './triage-submission.ts';

export interface ChangePriorityPorts {
  readonly areas: Areas;
  readonly priorities: Priorities;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** There is no such priority in the areas of this person. */
export class PriorityUnknown {
  readonly name = 'PriorityUnknown';
}

/** A priority is closed with a reason that the public can read. */
export class ClosedReasonMissing {
  readonly name = 'ClosedReasonMissing';
}

/** What a local team tells about a priority: news, a new status, or both. */
export interface PriorityNews {
  /** Empty when there is only a new status. */
  readonly update: string;
  readonly status: PriorityStatus;
  readonly closedReason: string | null;
}

/** The priority, when this person may publish about it. */
export const findToPublish = async (
  { areas, priorities }: Pick<ChangePriorityPorts, 'areas' | 'priorities'>,
  id: Id,
  by: Actor,
): Promise<Priority | null> => {
  const priority = await priorities.find(id);
  const area = priority && (await areas.find(priority.area));
  if (!area) return null;
  return may(by, 'publish priorities', { area: area.code, borough: area.borough ?? area.code })
    ? priority
    : null;
};

/** Adds a dated update to a priority and sets its status; both show on the area's page at once. */
export const changePriority =
  (ports: ChangePriorityPorts) =>
  async (
    id: Id,
    news: PriorityNews,
    deed: StaffDeed,
  ): Promise<Result<Priority, PriorityUnknown | ChangedMeanwhile | ClosedReasonMissing>> => {
    const priority = await findToPublish(ports, id, deed.by);
    if (!priority) return failed(new PriorityUnknown());
    if (news.status === 'closed' && !news.closedReason) return failed(new ClosedReasonMissing());
    if (priority.version !== deed.version) return failed(new ChangedMeanwhile());
    const at = ports.clock.now();
    const changed: Priority = {
      ...priority,
      status: news.status,
      closedReason: news.status === 'closed' ? news.closedReason : null,
      updates: news.update === '' ? priority.updates : [...priority.updates, { at, text: news.update }],
    };
    return commitRecord(ports.facts, { before: priority, after: changed }, [
      ports.priorities.toChange(changed),
      ports.audit.toRecord({
        id: ports.ids.next(),
        at,
        actor: { kind: 'staff', email: deed.by.email },
        deed: 'change priority',
        record: { kind: 'priority', id },
        ...describeChange(prioritySchema, priority, changed),
        change: {},
        correlationId: deed.correlationId,
      }),
    ]);
  };
