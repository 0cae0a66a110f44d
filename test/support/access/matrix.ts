import type { Route } from '#web/http/route.ts';

/** The posts of the demonstration, with all roles between them; `decider` and `lead` are officers. */
export const posts = [
  'coordinator',
  'practitioner',
  'auditor',
  'member',
  'group',
  'decider',
  'lead',
  'admin',
] as const;
export type Post = (typeof posts)[number];

/** What an address of the matrix is about, by its parameter. */
export type About =
  | 'ward'
  | 'borough'
  | 'submission'
  | 'priority'
  | 'account'
  | 'unit'
  | 'mailing'
  | 'plan'
  | 'action'
  | 'upload'
  | 'report'
  | 'document'
  | 'publication'
  | 'incoming'
  | 'nothing';

/** Who may use an address, and what they get. */
export interface Row {
  readonly who: 'anyone' | readonly Post[];
  readonly about: About;
  /** Whether somebody who works in some areas only gets it only there. */
  readonly ownAreas: boolean;
  /** Others than those it belongs to may do it with what is theirs: they learn that something is not there. */
  readonly ownRecord: boolean;
  /** Whether somebody who works in a unit only may do it to what belongs there: elsewhere they are refused. */
  readonly ownUnit: boolean;
  /** Those who may do it with what is theirs, and to whom this one is as if it was not there. */
  readonly hiddenFrom: readonly Post[];
  /** What somebody who may is answered: to a GET, or to a form with nothing in it. */
  readonly answer: 200 | 303 | 400 | 404 | 409;
  /** Somebody whose proof of identity is some minutes old has to prove again who they are. */
  readonly dangerous: boolean;
  /** It ends the session that asks. */
  readonly ends: boolean;
  /** The secret or signed token in its address says who may: no session is asked for, and no token of a form. */
  readonly byToken: boolean;
}

const row = (who: Row['who'], answer: Row['answer'], more: Partial<Row> = {}): Row => ({
  who,
  answer,
  about: 'nothing',
  ownAreas: false,
  ownRecord: false,
  ownUnit: false,
  hiddenFrom: [],
  dangerous: false,
  ends: false,
  byToken: false,
  ...more,
});

const staff = posts;
const readers = ['coordinator', 'practitioner', 'auditor'] as const;
const workers = ['coordinator', 'practitioner'] as const;
const approvers = ['coordinator'] as const;
const everywhere = ['coordinator', 'auditor'] as const;
const admins = ['admin'] as const;
const keepers = ['auditor', 'admin'] as const;

const looksOn: readonly Post[] = ['auditor'];
const colleagues = posts.filter((post) => !looksOn.includes(post));
/** All but the community's own groups. */
const archivists = posts.filter((post) => post !== 'group');
const uploaders = ['practitioner'] as const;
/** The action of the test is led by `lead`. */
const reporters = ['coordinator', 'lead'] as const;

const ofWard = { about: 'ward' } as const;
const ofSubmission = { about: 'submission', ownAreas: true } as const;
const ofPriority = { about: 'priority', ownAreas: true } as const;
const ofMailing = { about: 'mailing', ownAreas: true } as const;
const ofPlan = { about: 'plan' } as const;
const ofAction = { about: 'action' } as const;
const ofOwnAction = { about: 'action', ownRecord: true } as const;
const ofUpload = { about: 'upload' } as const;
const ofReport = { about: 'report' } as const;
const ofDocument = { about: 'document' } as const;
const ofUnitDocument = { about: 'document', ownUnit: true } as const;
/** A file that the practitioner has uploaded: nobody else sees it, and in another place it is somebody else's. */
const ofIncoming = { about: 'incoming', ownAreas: true, hiddenFrom: ['coordinator'] } as const;
const ofPublication = { about: 'publication' } as const;
const ofAccount = { about: 'account' } as const;
const ofUnit = { about: 'unit' } as const;
const dangerous = { dangerous: true } as const;
const byToken = { byToken: true } as const;

/**
 * Who may do what, said once more and apart from the program: one row for each address and method. A test compares its
 * rows with the route tables, so that nothing can be added there and not here.
 */
export const matrix: Readonly<Record<string, Row>> = {
  'GET /': row('anyone', 200),
  'GET /areas': row('anyone', 200),
  'GET /areas/{code}': row('anyone', 200, ofWard),
  'GET /areas/{code}/priorities/new': row('anyone', 200, ofWard),
  'POST /areas/{code}/priorities/new': row('anyone', 400, ofWard),
  'GET /areas/{code}/priorities/new/{step}': row('anyone', 303, ofWard),
  'POST /areas/{code}/priorities/new/{step}': row('anyone', 303, ofWard),
  'GET /priorities/{id}': row('anyone', 200, { about: 'priority' }),
  'GET /priorities/{id}/support': row('anyone', 200, { about: 'priority' }),
  'POST /priorities/{id}/support': row('anyone', 303, { about: 'priority' }),
  'GET /priorities/{id}/support/{step}': row('anyone', 303, { about: 'priority' }),
  'POST /priorities/{id}/support/{step}': row('anyone', 303, { about: 'priority' }),
  'GET /accessibility': row('anyone', 200),
  'GET /privacy': row('anyone', 200),
  'GET /cookies': row('anyone', 200),
  'GET /healthz': row('anyone', 200),

  'GET /documents': row('anyone', 200),
  'GET /documents/{id}': row('anyone', 200, ofPublication),
  'GET /documents/{id}/text': row('anyone', 200, ofPublication),

  'GET /sign-up': row('anyone', 200),
  'POST /sign-up': row('anyone', 400),
  'GET /sign-up/{step}': row('anyone', 303),
  'POST /sign-up/{step}': row('anyone', 303),
  'GET /preferences': row('anyone', 200),
  'POST /preferences': row('anyone', 400),
  // Nobody was given these.
  'GET /sign-up/confirm/{secret}': row('anyone', 404, byToken),
  'POST /sign-up/confirm/{secret}': row('anyone', 404, byToken),
  'GET /preferences/{token}': row('anyone', 404, byToken),
  'POST /preferences/{token}': row('anyone', 404, byToken),
  'GET /unsubscribe/{token}': row('anyone', 404, byToken),
  'POST /unsubscribe/{token}': row('anyone', 404, byToken),

  'GET /sign-in': row('anyone', 303),
  'GET /sign-in/callback': row('anyone', 303),
  'GET /sign-in/again': row('anyone', 303),
  'POST /sign-out': row('anyone', 303, { ends: true }),
  'GET /signed-out': row('anyone', 200),
  // Nobody was invited with this secret.
  'GET /invitation/{secret}': row('anyone', 404),

  'GET /staff': row(staff, 200),
  'GET /staff/sessions': row(staff, 200),
  'POST /staff/sessions/end': row(staff, 400),
  'POST /staff/sessions/end-all': row(staff, 303, { ends: true }),
  'GET /staff/identity-confirmed': row(staff, 200),
  'GET /staff/inbox': row(readers, 200),
  'GET /staff/submissions/{id}': row(readers, 200, ofSubmission),
  'POST /staff/submissions/{id}': row(workers, 400, ofSubmission),
  'GET /staff/submissions/{id}/answer': row(workers, 200, ofSubmission),
  'POST /staff/submissions/{id}/answer': row(workers, 400, ofSubmission),
  // A reload of what a press of "send" answered: leads back to the answer, without looking at it.
  'GET /staff/submissions/{id}/answer/send': row(workers, 303, { about: 'submission' }),
  'POST /staff/submissions/{id}/answer/send': row(workers, 400, ofSubmission),
  'GET /staff/audit': row(keepers, 200),
  'GET /staff/audit/export': row(keepers, 200),
  'GET /staff/audit/entries.csv': row(keepers, 200),
  'GET /staff/priorities': row(workers, 200),
  'GET /staff/priorities/{id}': row(workers, 200, ofPriority),
  'POST /staff/priorities/{id}': row(workers, 400, ofPriority),

  'GET /staff/mailings': row(readers, 200),
  'GET /staff/mailings/new': row(workers, 200),
  'POST /staff/mailings/new': row(workers, 400),
  'GET /staff/mailings/{id}': row(readers, 200, ofMailing),
  'GET /staff/mailings/{id}/change': row(workers, 200, ofMailing),
  'POST /staff/mailings/{id}/change': row(workers, 400, ofMailing),
  'GET /staff/mailings/{id}/send': row(workers, 200, { ...ofMailing, ...dangerous }),
  'POST /staff/mailings/{id}/send': row(workers, 400, { ...ofMailing, ...dangerous }),
  // A draft: nothing of it waits for approval or is under way.
  'GET /staff/mailings/{id}/approve': row(approvers, 303, { ...ofMailing, ...dangerous }),
  'POST /staff/mailings/{id}/approve': row(approvers, 400, { ...ofMailing, ...dangerous }),
  'GET /staff/mailings/{id}/resume': row(workers, 303, { ...ofMailing, ...dangerous }),
  'POST /staff/mailings/{id}/resume': row(workers, 400, { ...ofMailing, ...dangerous }),
  'GET /staff/mailings/{id}/cancel': row(workers, 200, ofMailing),
  'POST /staff/mailings/{id}/cancel': row(workers, 400, ofMailing),
  // A reload of what a press of a button answered: leads back to the mailing.
  'GET /staff/mailings/{id}/test': row(workers, 303, ofMailing),
  'POST /staff/mailings/{id}/test': row(workers, 303, ofMailing),
  'GET /staff/mailings/{id}/clone': row(workers, 303, ofMailing),
  'POST /staff/mailings/{id}/clone': row(workers, 303, ofMailing),
  'GET /staff/mailings/{id}/withdraw': row(workers, 303, ofMailing),
  'POST /staff/mailings/{id}/withdraw': row(workers, 400, ofMailing),
  'GET /staff/mailings/{id}/pause': row(workers, 303, ofMailing),
  'POST /staff/mailings/{id}/pause': row(workers, 409, ofMailing),
  'GET /staff/mail': row(everywhere, 200),

  'GET /staff/plans': row(staff, 200),
  'GET /staff/plans/new': row(approvers, 200),
  'POST /staff/plans/new': row(approvers, 400),
  'GET /staff/plans/import': row(approvers, 200),
  'POST /staff/plans/import': row(approvers, 400),
  'GET /staff/plans/import/{id}': row(approvers, 200, ofUpload),
  // Without the button that takes it over, only answers are noted.
  'POST /staff/plans/import/{id}': row(approvers, 303, ofUpload),
  'GET /staff/plans/{id}': row(staff, 200, ofPlan),
  'GET /staff/plans/{id}/plan.csv': row(staff, 200, ofPlan),
  'GET /staff/plans/{id}/plan.xlsx': row(staff, 200, ofPlan),
  'GET /staff/plans/{id}/budget': row(staff, 200, ofPlan),
  'GET /staff/plans/{id}/calendar': row(staff, 200, ofPlan),
  'GET /staff/plans/{id}/timeline': row(staff, 200, ofPlan),
  'GET /staff/plans/{id}/many': row(approvers, 200, ofPlan),
  'POST /staff/plans/{id}/many': row(approvers, 400, ofPlan),
  'GET /staff/plans/{id}/carry-over': row(approvers, 200, ofPlan),
  'POST /staff/plans/{id}/carry-over': row(approvers, 400, ofPlan),
  'GET /staff/plans/{id}/actions/new': row(approvers, 200, ofPlan),
  'POST /staff/plans/{id}/actions/new': row(approvers, 400, ofPlan),
  'GET /staff/plans/{id}/reports': row(staff, 200, ofPlan),
  'GET /staff/plans/{id}/reports/draft': row(staff, 400, ofPlan),
  'POST /staff/plans/{id}/reports/draft': row(approvers, 400, ofPlan),
  'GET /staff/reports/{id}': row(staff, 200, ofReport),
  'GET /staff/reports/{id}/report.docx': row(staff, 200, ofReport),
  'GET /staff/borough-packs': row(staff, 200),
  'GET /staff/borough-packs/{code}': row(staff, 200, { about: 'borough' }),
  'GET /staff/actions': row(colleagues, 200),
  'GET /staff/actions/{id}': row(staff, 200, ofAction),
  'GET /staff/actions/{id}/edit': row(approvers, 200, ofAction),
  'POST /staff/actions/{id}/edit': row(approvers, 400, ofAction),
  'GET /staff/actions/{id}/agree': row(approvers, 303, ofAction),
  'POST /staff/actions/{id}/agree': row(approvers, 400, ofAction),
  'GET /staff/actions/{id}/decline': row(approvers, 303, ofAction),
  'POST /staff/actions/{id}/decline': row(approvers, 400, ofAction),
  'GET /staff/actions/{id}/progress': row(reporters, 200, ofOwnAction),
  'POST /staff/actions/{id}/progress': row(reporters, 400, ofOwnAction),
  'GET /staff/actions/{id}/figures': row(reporters, 200, ofOwnAction),
  'POST /staff/actions/{id}/figures': row(reporters, 400, ofOwnAction),
  'GET /staff/actions/{id}/new-day': row(reporters, 200, ofOwnAction),
  'POST /staff/actions/{id}/new-day': row(reporters, 400, ofOwnAction),
  'GET /staff/actions/{id}/not-mine': row(['lead'], 200, ofOwnAction),
  'POST /staff/actions/{id}/not-mine': row(['lead'], 400, ofOwnAction),

  'GET /staff/documents': row(archivists, 200),
  'GET /staff/documents/boroughs': row(archivists, 200),
  'GET /staff/documents/boroughs/{code}': row(archivists, 200, { about: 'borough' }),
  'GET /staff/documents/new': row(workers, 200),
  'POST /staff/documents/new': row(workers, 400),
  'GET /staff/documents/uploads': row(workers, 200),
  'GET /staff/documents/uploads/{id}': row(uploaders, 200, ofIncoming),
  'GET /staff/documents/uploads/{id}/describe': row(uploaders, 200, ofIncoming),
  'POST /staff/documents/uploads/{id}/describe': row(uploaders, 400, ofIncoming),
  'GET /staff/documents/{id}': row(archivists, 200, ofDocument),
  'GET /staff/documents/{id}/text': row(archivists, 200, ofDocument),
  'GET /staff/documents/{id}/history': row(archivists, 200, ofDocument),
  // A link to the bucket.
  'GET /staff/documents/{id}/files/{file}': row(archivists, 303, ofDocument),
  'GET /staff/documents/{id}/edit': row(workers, 200, ofUnitDocument),
  'POST /staff/documents/{id}/edit': row(workers, 400, ofUnitDocument),
  'GET /staff/documents/{id}/new-version': row(workers, 200, ofUnitDocument),
  'POST /staff/documents/{id}/new-version': row(workers, 400, ofUnitDocument),
  'GET /staff/documents/{id}/review': row(workers, 200, ofUnitDocument),
  'POST /staff/documents/{id}/review': row(workers, 400, ofUnitDocument),
  'GET /staff/documents/{id}/withdraw': row(workers, 200, ofUnitDocument),
  'POST /staff/documents/{id}/withdraw': row(workers, 400, ofUnitDocument),
  // Nothing to take back: leads to the document.
  'GET /staff/documents/{id}/restore': row(workers, 303, ofUnitDocument),
  'POST /staff/documents/{id}/restore': row(workers, 303, ofUnitDocument),

  'GET /staff/admin/accounts': row(admins, 200),
  'POST /staff/admin/accounts': row(admins, 400),
  'GET /staff/admin/accounts/{id}': row(admins, 200, ofAccount),
  'GET /staff/admin/invite': row(admins, 200, dangerous),
  'POST /staff/admin/invite': row(admins, 400, dangerous),
  'GET /staff/admin/accounts/{id}/change': row(admins, 200, { ...ofAccount, ...dangerous }),
  'POST /staff/admin/accounts/{id}/change': row(admins, 400, { ...ofAccount, ...dangerous }),
  'GET /staff/admin/accounts/{id}/suspend': row(admins, 200, ofAccount),
  'POST /staff/admin/accounts/{id}/suspend': row(admins, 400, ofAccount),
  'GET /staff/admin/accounts/{id}/restore': row(admins, 303, { ...ofAccount, ...dangerous }),
  'POST /staff/admin/accounts/{id}/restore': row(admins, 400, { ...ofAccount, ...dangerous }),
  'GET /staff/admin/accounts/{id}/invite-again': row(admins, 303, { ...ofAccount, ...dangerous }),
  'POST /staff/admin/accounts/{id}/invite-again': row(admins, 400, { ...ofAccount, ...dangerous }),
  'GET /staff/admin/accounts/{id}/release': row(admins, 303, { ...ofAccount, ...dangerous }),
  'POST /staff/admin/accounts/{id}/release': row(admins, 400, { ...ofAccount, ...dangerous }),
  'GET /staff/admin/units': row(admins, 200),
  'GET /staff/admin/add-unit': row(admins, 200, dangerous),
  'POST /staff/admin/add-unit': row(admins, 400, dangerous),
  'GET /staff/admin/units/{id}': row(admins, 200, ofUnit),
  'GET /staff/admin/units/{id}/change': row(admins, 200, { ...ofUnit, ...dangerous }),
  'POST /staff/admin/units/{id}/change': row(admins, 400, { ...ofUnit, ...dangerous }),
  'GET /staff/admin/units/{id}/wards': row(admins, 200, { ...ofUnit, ...dangerous }),
  'POST /staff/admin/units/{id}/wards': row(admins, 400, { ...ofUnit, ...dangerous }),
};

/** An address and method with its row. */
export interface Case extends Row {
  readonly name: string;
  readonly method: Route['method'];
  readonly pattern: string;
}

export const cases: readonly Case[] = Object.entries(matrix).map(([name, its]) => {
  const [method, pattern = ''] = name.split(' ');
  return { ...its, name, method: method === 'POST' ? 'POST' : 'GET', pattern };
});

/** Those that only staff may use. */
export const forStaff = cases.filter(({ who }) => who !== 'anyone');
export const forAnyone = cases.filter(({ who }) => who === 'anyone');

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** One thing of each kind, all of one place; `file` is the one of the document. */
export type Place = Readonly<Record<Exclude<About, 'nothing'> | 'file', string>>;

/** The address of a case, about the things of a place. */
export const addressOf = ({ pattern, about }: Case, place: Place): string =>
  pattern
    .replace('{code}', encodeURIComponent(about === 'borough' ? place.borough : place.ward))
    .replace('{step}', 'check')
    .replace('{secret}', 'nobody-was-invited-with-this')
    .replace('{token}', 'nobody-was-given-this')
    .replace('{file}', encodeURIComponent(place.file))
    .replace('{id}', about === 'nothing' ? '' : encodeURIComponent(place[about]));
