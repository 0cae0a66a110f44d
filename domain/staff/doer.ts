import type { AuditActor } from '../audit/audit.ts';
import type { Actor } from './actor.ts';
import { may, type StaffAction } from './may.ts';

/** Whoever works with the operator's tool: has the credentials of the store itself, and no account. */
export const operator = { kind: 'operator' } as const;

/** Who looks after accounts and units: somebody with an account that allows it, or the operator. */
export type Doer = Actor | typeof operator;

/** Whoever did something, as far as a record has to say it. */
export type Author = Pick<Actor, 'email'> | typeof operator;

export const isOperator = (by: Author): by is typeof operator => 'kind' in by;

/** Who did it, as the trail names them. */
export const auditActorOf = (by: Author): AuditActor =>
  isOperator(by) ? operator : { kind: 'staff', email: by.email };

/** Whether they may: the operator may, since nothing of ours stands between them and the store. */
export const doerMay = (by: Doer, action: StaffAction): boolean => isOperator(by) || may(by, action);
