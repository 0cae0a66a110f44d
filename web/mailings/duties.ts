import type { Mailing } from '#domain/mailings/mailing.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { may, type StaffAction } from '#domain/staff/may.ts';
import { paths } from '../paths.ts';
import type { Duty, FindDuty } from '../staff/duties.ts';
import { thoseFor } from './list.ts';
import type { MailingPagePorts } from './ports.ts';

export type MailingDutyPorts = Pick<MailingPagePorts, 'areas' | 'mailings'>;

const find = async (
  ports: MailingDutyPorts,
  by: Actor,
  action: StaffAction,
  waits: (mailing: Mailing) => boolean,
): Promise<readonly Mailing[]> => {
  if (!may(by, action)) return [];
  const waiting = await ports.mailings.waiting();
  return thoseFor(ports, waiting.filter(waits), by, action);
};

/** To the mailing when it is the only one. */
const linkTo = (mailings: readonly Mailing[]): Duty['link'] => {
  const [only, ...others] = mailings;
  return only && others.length === 0
    ? { href: paths.mailing(only.id), key: 'mailings.duty.one' }
    : { href: paths.mailings, key: 'mailings.duty.all' };
};

const dutyOf = (mailings: readonly Mailing[], key: string): Duty | null =>
  mailings.length === 0
    ? null
    : {
        heading: { key: `mailings.duty.${key}`, count: mailings.length },
        notes: [],
        link: linkTo(mailings),
      };

/** What others want to send to many people: for those who may approve it. */
export const mailingsToApprove =
  (ports: MailingDutyPorts): FindDuty =>
  async (actor) => {
    const own = ({ author, submittedBy }: Mailing) => [author, submittedBy].includes(actor.email);
    const waiting = await find(
      ports,
      actor,
      'approve mailings',
      (mailing) => mailing.status === 'to-approve' && !own(mailing),
    );
    return dutyOf(waiting, 'approve');
  };

/** What has stopped by itself: for those who can go on with it. */
export const mailingsThatPaused =
  (ports: MailingDutyPorts): FindDuty =>
  async (actor) => {
    const paused = await find(
      ports,
      actor,
      'plan mailings',
      ({ status, pausedFor }) => status === 'paused' && pausedFor !== 'staff',
    );
    return dutyOf(paused, 'paused');
  };
