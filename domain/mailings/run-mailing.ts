import type { Instant } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import { countAudience } from './count-audience.ts';
import type { DeliveryCounts } from './delivery.ts';
import { type Mailing, mayBeCancelled } from './mailing.ts';
import {
  commitMailing,
  findToChange,
  type MailingDeed,
  type MailingFailure,
  MailingInOtherState,
  type MailingPorts,
  OwnMailing,
  stepsOf,
} from './mailing-deed.ts';

type Outcome = Promise<Result<Mailing, MailingFailure>>;

/** What a mailing becomes when nothing stands in its way any more: it waits for its time, or begins. */
const letGo = ({ clock }: Pick<MailingPorts, 'clock'>, mailing: Mailing): Mailing => {
  const now = clock.now();
  // Its audience was frozen before anybody knew how large it is.
  if (mailing.total !== null) return { ...mailing, status: 'sending' };
  if (mailing.sendAt !== null && mailing.sendAt > now) return { ...mailing, status: 'scheduled' };
  return { ...mailing, status: 'freezing', startedAt: now };
};

const commitRun = (
  ports: MailingPorts,
  deed: MailingDeed & { readonly name: string },
  before: Mailing,
  after: Mailing,
): Outcome =>
  commitMailing(ports, {
    deed: deed.name,
    by: deed.by,
    correlationId: deed.correlationId,
    before,
    after,
    besides: stepsOf(ports, after, deed.correlationId),
  });

/** Asks for a draft to be sent, at once or at a time: to many people only with the approval of a second person. */
export const submitMailing =
  (ports: MailingPorts) =>
  async (id: Id, sendAt: Instant | null, deed: MailingDeed): Outcome => {
    const found = await findToChange(ports, id, deed);
    if (!found.ok) return found;
    if (found.value.status !== 'draft') return failed(new MailingInOtherState());
    const { people, isComplete } = await countAudience(ports)(found.value.audience, 0);
    const submitted = { ...found.value, submittedBy: deed.by.email, sendAt };
    const needsApproval = people > ports.approvalAbove || !isComplete;
    const after = needsApproval ? { ...submitted, status: 'to-approve' as const } : letGo(ports, submitted);
    return commitRun(ports, { ...deed, name: 'submit mailing' }, found.value, after);
  };

/** The second person agrees. */
export const approveMailing =
  (ports: MailingPorts) =>
  async (id: Id, deed: MailingDeed): Outcome => {
    const found = await findToChange(ports, id, deed, 'approve mailings');
    if (!found.ok) return found;
    const { status, author, submittedBy } = found.value;
    if (status !== 'to-approve') return failed(new MailingInOtherState());
    if ([author, submittedBy].includes(deed.by.email)) return failed(new OwnMailing());
    const after = letGo(ports, { ...found.value, approvedBy: deed.by.email });
    return commitRun(ports, { ...deed, name: 'approve mailing' }, found.value, after);
  };

/** Back to the desk: it becomes a draft again. */
export const withdrawMailing =
  (ports: MailingPorts) =>
  async (id: Id, deed: MailingDeed): Outcome => {
    const found = await findToChange(ports, id, deed);
    if (!found.ok) return found;
    const { status, total } = found.value;
    if (!['to-approve', 'scheduled'].includes(status) || total !== null)
      return failed(new MailingInOtherState());
    const after = {
      ...found.value,
      ...{ status: 'draft' as const, submittedBy: null, approvedBy: null, sendAt: null },
    };
    return commitRun(ports, { ...deed, name: 'withdraw mailing' }, found.value, after);
  };

/** Nothing more is handed to the mail service, apart from what a worker has in hand at this moment. */
export const pauseMailing =
  (ports: MailingPorts) =>
  async (id: Id, deed: MailingDeed): Outcome => {
    const found = await findToChange(ports, id, deed);
    if (!found.ok) return found;
    const { status } = found.value;
    if (status !== 'freezing' && status !== 'sending') return failed(new MailingInOtherState());
    const after = {
      ...found.value,
      ...{ status: 'paused' as const, pausedFrom: status, pausedFor: 'staff' as const },
    };
    return commitRun(ports, { ...deed, name: 'pause mailing' }, found.value, after);
  };

/** Goes on where it stopped; what had bounced until now does not stop it again. */
export const resumeMailing =
  (ports: MailingPorts) =>
  async (id: Id, { bounced, complained }: DeliveryCounts, deed: MailingDeed): Outcome => {
    const found = await findToChange(ports, id, deed);
    if (!found.ok) return found;
    const { status, pausedFrom } = found.value;
    if (status !== 'paused' || pausedFrom === null) return failed(new MailingInOtherState());
    const after = {
      ...found.value,
      ...{ status: pausedFrom, pausedFrom: null, pausedFor: null, tolerated: { bounced, complained } },
    };
    return commitRun(ports, { ...deed, name: 'resume mailing' }, found.value, after);
  };

/** Ends it for good: whoever has not got it does not get it. */
export const cancelMailing =
  (ports: MailingPorts) =>
  async (id: Id, deed: MailingDeed): Outcome => {
    const found = await findToChange(ports, id, deed);
    if (!found.ok) return found;
    if (!mayBeCancelled(found.value)) return failed(new MailingInOtherState());
    const after = {
      ...found.value,
      ...{ status: 'cancelled' as const, pausedFrom: null, pausedFor: null, finishedAt: ports.clock.now() },
    };
    return commitRun(ports, { ...deed, name: 'cancel mailing' }, found.value, after);
  };
