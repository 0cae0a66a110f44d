import type { AreaCode } from '../areas/area.ts';
import type { KeyOfRecipient, Suppressions } from '../mailings/ports.ts';
import { remember } from '../shared/remember.ts';
import type { StaffAccounts } from '../staff/ports.ts';
import type { StaffAccount } from '../staff/staff.ts';
import type { Unit } from '../staff/unit.ts';
import type { ChasePorts } from './chase-ports.ts';
import type { Saying, Section } from './digest.ts';
import type { Duty } from './duty.ts';

/** Who is told, and why. */
export interface Told {
  readonly receiver: string;
  readonly section: Section;
}

export interface Receivers {
  /** Whether mail to this address comes to somebody who can act on it. */
  isReachable(email: string): Promise<boolean>;
  /** Whom a stage of a duty is told to. What officers ask is for the coordinators to decide: it is their own. */
  of(duty: Duty, saying: Saying): Promise<readonly Told[]>;
  /** Those who are told what cannot be told to anybody else. */
  coordinators(): Promise<readonly string[]>;
}

type Ports = Pick<
  ChasePorts,
  'staff' | 'units' | 'areas' | 'suppressions' | 'keyOfRecipient' | 'fallbackMailbox'
>;

/** What has to be known to say whether somebody can be reached. */
export interface ReachPorts {
  readonly staff: Pick<StaffAccounts, 'find'>;
  readonly suppressions: Pick<Suppressions, 'find'>;
  readonly keyOfRecipient: KeyOfRecipient;
}

const PAGE = 100;
/** A transaction holds 100 changes, two for each receiver. The lines of duties with more are told to the first. */
const MOST = 40;

/** An account that is in use, with a mailbox that takes mail. */
export const findReachable =
  ({ staff, suppressions, keyOfRecipient }: ReachPorts) =>
  async (email: string): Promise<StaffAccount | null> => {
    const account = await staff.find(email);
    if (account?.status !== 'active') return null;
    const known = await suppressions.find(keyOfRecipient(email));
    return known !== null && (known.bounced !== null || known.complained !== null) ? null : account;
  };

const listCoordinators = async ({ staff }: Ports): Promise<readonly string[]> => {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page = await staff.list({ after, size: PAGE }, { role: 'coordinator', status: 'active' });
    found.push(...page.items.map(({ email }) => email));
    after = page.next;
  } while (after !== null);
  return found;
};

const unitsOf = (units: readonly Unit[], accounts: readonly (StaffAccount | null)[]): readonly Unit[] =>
  units.filter(({ id }) => accounts.some((account) => account?.unit === id));

const keepReachable = async (
  emails: readonly string[],
  isReachable: Receivers['isReachable'],
): Promise<readonly string[]> => {
  const reachable = await Promise.all(emails.map(isReachable));
  return emails.filter((_, at) => reachable[at]);
};

/** Receivers as they are during one run: each account, and the list of coordinators, is read once. */
export const findReceivers = (ports: Ports): Receivers => {
  const account = remember(findReachable(ports), (email: string) => email);
  const isReachable = async (email: string) => (await account(email)) !== null;
  const units = remember(
    () => ports.units.list(),
    () => '',
  );
  const coordinators = remember(
    async () => {
      const reachable = await keepReachable(await listCoordinators(ports), isReachable);
      return reachable.length > 0 ? reachable : [ports.fallbackMailbox];
    },
    () => '',
  );

  const covering = async (code: AreaCode): Promise<readonly Unit[]> => {
    const borough = (await ports.areas.directory()).find(code)?.borough ?? null;
    return (await units(null)).filter(
      ({ areas }) => areas.includes(code) || (borough !== null && areas.includes(borough)),
    );
  };
  const headsFor = async ({ area, owners }: Duty): Promise<readonly string[]> => {
    const theirs = await Promise.all(owners.map((owner) => ports.staff.find(owner)));
    const concerned = area === null ? unitsOf(await units(null), theirs) : await covering(area);
    return keepReachable([...new Set(concerned.flatMap(({ head }) => head ?? []))], isReachable);
  };
  const isForOthers = ({ kind }: Duty, saying: Saying): boolean =>
    saying === 'escalated' || kind === 'answer';
  // Teams answer together; of a file that nobody has described, nobody else may know.
  const canBeTakenOver = ({ kind }: Duty): boolean => kind !== 'answer' && kind !== 'upload';

  return {
    isReachable,
    coordinators: () => coordinators(null),
    of: async (duty, saying) => {
      const { kind, owners } = duty;
      const isTheirs = kind === 'decision' && owners.length === 0;
      const reached = isTheirs ? await coordinators(null) : await keepReachable(owners, isReachable);
      const isLost =
        canBeTakenOver(duty) && !isTheirs && (owners.length === 0 || reached.length < owners.length);
      const others = isForOthers(duty, saying);
      const everywhere = isLost || others ? await coordinators(null) : [];
      const heads = others ? await headsFor(duty) : [];
      return [
        ...reached.map((receiver) => ({ receiver, section: 'yours' as const })),
        ...(isLost ? everywhere.map((receiver) => ({ receiver, section: 'unreachable' as const })) : []),
        ...(others
          ? [...new Set([...heads, ...everywhere])].map((receiver) => ({
              receiver,
              section: 'escalated' as const,
            }))
          : []),
      ].slice(0, MOST);
    },
  };
};
