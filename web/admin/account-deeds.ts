import { adminAccountDeed } from '#build/templates/admin/account-deed.njk.js';
import type { AdminChange } from '#domain/staff/account-deed.ts';
import {
  type ReleaseReason,
  type RestorationReason,
  releaseReasons,
  restorationReasons,
  type SuspensionReason,
  suspensionReasons,
} from '#domain/staff/reasons.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { type FormModel, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, findAccount } from './find-account.ts';
import { readReason } from './forms.ts';
import type { AdminPorts } from './ports.ts';

type DeedName = 'suspend' | 'restore' | 'invite-again' | 'release';

const deedView = view<
  FormModel & {
    deed: DeedName;
    account: StaffAccount;
    /** Where the form is sent, and where it came from. */
    action: string;
    back: string;
    reasons: readonly string[];
  }
>(adminAccountDeed);

/** One deed on an account: whether it can be done as the account is, the reasons for it, and doing it. */
interface Deed {
  readonly name: DeedName;
  readonly pattern: string;
  readonly action: (id: string) => string;
  readonly reasons: readonly string[];
  readonly done: string;
  readonly fits: (account: StaffAccount) => boolean;
  readonly act: (
    ports: AdminPorts,
    email: string,
    reason: string | null,
    change: AdminChange,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly error: { readonly name: string } }>;
  /** Opens an account to somebody. */
  readonly recent?: true;
}

const deeds: readonly Deed[] = [
  {
    name: 'suspend',
    pattern: patterns.adminAccountSuspend,
    action: paths.adminAccountSuspend,
    reasons: suspensionReasons,
    done: 'suspended',
    fits: ({ status }) => status !== 'suspended',
    act: ({ accountDeeds }, email, reason, change) =>
      accountDeeds.suspend(email, reason as SuspensionReason, change),
  },
  {
    name: 'restore',
    pattern: patterns.adminAccountRestore,
    action: paths.adminAccountRestore,
    reasons: restorationReasons,
    done: 'restored',
    fits: ({ status }) => status === 'suspended',
    act: ({ accountDeeds }, email, reason, change) =>
      accountDeeds.restore(email, reason as RestorationReason, change),
    recent: true,
  },
  {
    name: 'invite-again',
    pattern: patterns.adminAccountInviteAgain,
    action: paths.adminAccountInviteAgain,
    reasons: [],
    done: 'invited-again',
    fits: ({ status }) => status === 'invited',
    act: ({ accountDeeds }, email, _, change) => accountDeeds.inviteAgain(email, change),
    recent: true,
  },
  {
    name: 'release',
    pattern: patterns.adminAccountRelease,
    action: paths.adminAccountRelease,
    reasons: releaseReasons,
    done: 'released',
    fits: ({ status, identity }) => status === 'active' && identity !== null,
    act: ({ accountDeeds }, email, reason, change) =>
      accountDeeds.release(email, reason as ReleaseReason, change),
    recent: true,
  },
];

const showDeed = (
  { name, action, reasons }: Deed,
  { staff }: AdminPorts,
  account: StaffAccount,
  form: FormModel,
  status?: number,
): Reply => {
  const id = staff.keyOf(account.email);
  return showPage(
    deedView,
    { ...form, deed: name, account, reasons, action: action(id), back: paths.adminAccount(id) },
    status,
  );
};

const ask =
  (deed: Deed, ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const account = await findAccount(ports, visit);
    const isOwn = actorOf(visit).email === account.email;
    if (isOwn || !deed.fits(account)) return redirectTo(paths.adminAccount(ports.staff.keyOf(account.email)));
    return showDeed(deed, ports, account, untouched({ version: String(account.version) }));
  };

const wrong = { OwnAccount: 'admin.deed.own', LastAdmin: 'admin.deed.last' } as const;

const carryOut =
  (deed: Deed, ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const account = await findAccount(ports, visit);
    const read = readReason(visit.form, deed.reasons);
    if (!read.ok) return showDeed(deed, ports, account, read, 400);
    const { version, reason } = read.values;
    if (version === 0) throw new PageError(400, 'bad-request');
    const outcome = await deed.act(ports, account.email, reason, { ...deedOf(visit), version });
    const back = paths.adminAccount(ports.staff.keyOf(account.email));
    if (outcome.ok) return redirectTo(withQuery(back, { done: deed.done }));
    const { name } = outcome.error;
    if (name === 'NotAllowed') throw new PageError(403, 'not-allowed');
    if (name === 'OwnAccount' || name === 'LastAdmin') {
      const errors = [{ field: 'form', key: wrong[name] }];
      return showDeed(deed, ports, account, { typed: Object.fromEntries(visit.form), errors }, 400);
    }
    throw new PageError(409, 'changed');
  };

/** What is done to an account with one button, each on a page that says what comes of it. */
export const accountDeedRoutes = (ports: AdminPorts): readonly Route[] =>
  deeds.flatMap((deed) => {
    const answering = { may: 'manage accounts', ...(deed.recent ? { recent: deed.recent } : {}) } as const;
    return [
      page(deed.pattern, { ...answering, answer: ask(deed, ports) }),
      post(deed.pattern, { ...answering, answer: carryOut(deed, ports) }),
    ];
  });
