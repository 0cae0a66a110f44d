import type { Areas } from '../areas/ports.ts';
import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Clock } from '../shared/clock.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { may, mayEverywhere } from '../staff/may.ts';
import type { StaffAction } from '../staff/policy.ts';
import type { Audience, Audiences } from './audience.ts';
import { type Mailing, mailingSchema } from './mailing.ts';
import { type MailingSteps, type Mailings, type MailingWork, SHARDS_OF_MAILING } from './mailing-ports.ts';
import type { KeyOfRecipient, MailTokens, Outbox } from './ports.ts';

export interface MailingPorts {
  readonly mailings: Mailings;
  readonly steps: MailingSteps;
  readonly audiences: Audiences;
  readonly areas: Areas;
  readonly outbox: Outbox;
  readonly mailTokens: MailTokens;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  /** A mailing to more people needs a second person. */
  readonly approvalAbove: number;
}

/** There is no such mailing for this person. */
export class MailingUnknown {
  readonly name = 'MailingUnknown';
}

/** In its state now, this cannot be done with it. */
export class MailingInOtherState {
  readonly name = 'MailingInOtherState';
}

/** Its audience reaches beyond the areas of whoever does it. */
export class AudienceTooWide {
  readonly name = 'AudienceTooWide';
}

/** Nobody approves what they have asked to be sent. */
export class OwnMailing {
  readonly name = 'OwnMailing';
}

export type MailingFailure =
  | MailingUnknown
  | MailingInOtherState
  | AudienceTooWide
  | OwnMailing
  | ChangedMeanwhile;

/** A deed of staff on a mailing: by whom, and on which version of it. */
export interface MailingDeed {
  readonly by: Actor;
  readonly version: number;
  readonly correlationId: CorrelationId;
}

/** Whether somebody may do this to mailings for all areas of an audience. */
export const mayForAudience = async (
  { areas }: Pick<MailingPorts, 'areas'>,
  by: Actor,
  action: StaffAction,
  audience: Audience,
): Promise<boolean> => {
  if (mayEverywhere(by, action)) return true;
  if (audience.areas.length === 0) return false;
  const directory = await areas.directory();
  return audience.areas.every((code) => {
    const area = directory.find(code);
    return area !== null && may(by, action, { area: area.code, borough: area.borough ?? area.code });
  });
};

/** The mailing that somebody may see. */
export const findMailing =
  (ports: Pick<MailingPorts, 'areas' | 'mailings'>) =>
  async (id: Id, by: Actor): Promise<Mailing | null> => {
    const mailing = await ports.mailings.find(id);
    if (!mailing) return null;
    return (await mayForAudience(ports, by, 'read mailings', mailing.audience)) ? mailing : null;
  };

/** The mailing that somebody wants to change, when they may and nobody was faster. */
export const findToChange = async (
  ports: MailingPorts,
  id: Id,
  { by, version }: MailingDeed,
  action: StaffAction = 'plan mailings',
): Promise<Result<Mailing, MailingUnknown | ChangedMeanwhile>> => {
  const mailing = await ports.mailings.find(id);
  if (!mailing || !(await mayForAudience(ports, by, action, mailing.audience)))
    return failed(new MailingUnknown());
  return mailing.version === version ? ok(mailing) : failed(new ChangedMeanwhile());
};

/** The steps with which a mailing begins or goes on in its status. */
export const stepsOf = (
  { steps, ids, clock }: Pick<MailingPorts, 'steps' | 'ids' | 'clock'>,
  { id: mailing, status }: Pick<Mailing, 'id' | 'status'>,
  correlationId: CorrelationId,
): readonly Write[] => {
  const post = (work: MailingWork) =>
    steps.toPost({ id: ids.next(), mailing, work, correlationId, postedAt: clock.now() });
  if (status === 'freezing') return [post({ kind: 'freeze' })];
  if (status !== 'sending') return [];
  return Array.from({ length: SHARDS_OF_MAILING }, (_, shard) => post({ kind: 'send', shard }));
};

/** Stores a changed mailing with its entry in the trail and the steps that follow. */
export const commitMailing = async (
  ports: Pick<MailingPorts, 'mailings' | 'audit' | 'facts' | 'clock' | 'ids'>,
  change: {
    readonly deed: string;
    /** Null when the program itself does it. */
    readonly by: Pick<Actor, 'email'> | null;
    readonly correlationId: CorrelationId;
    readonly before: Mailing | null;
    readonly after: Mailing;
    readonly besides?: readonly Write[];
  },
): Promise<Result<Mailing, ChangedMeanwhile>> => {
  const { deed, by, correlationId, before, after, besides = [] } = change;
  return commitRecord(ports.facts, { before, after }, [
    before ? ports.mailings.toChange(after) : ports.mailings.toAdd(after),
    ...besides,
    ports.audit.toRecord({
      id: ports.ids.next(),
      at: ports.clock.now(),
      actor: by ? { kind: 'staff', email: by.email } : { kind: 'program' },
      deed,
      record: { kind: 'mailing', id: after.id },
      ...describeChange(mailingSchema, before, after),
      change: {},
      correlationId,
    }),
  ]);
};
