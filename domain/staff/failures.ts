import type { AreaCode } from '../areas/area.ts';

/** Whoever tries it is not allowed to, or no longer. */
export class NotAllowed {
  readonly name = 'NotAllowed';
}

/** There is no account for this address. */
export class AccountUnknown {
  readonly name = 'AccountUnknown';
}

/** The address has an account already. */
export class AccountThere {
  readonly name = 'AccountThere';
}

/**
 * Nobody suspends themselves, changes what they may do or where (their roles, their unit, more areas for it), or
 * releases their own account: somebody else has to.
 */
export class OwnAccount {
  readonly name = 'OwnAccount';
}

/** Nobody would be left who can look after accounts. */
export class LastAdmin {
  readonly name = 'LastAdmin';
}

/** An account in this state cannot be treated so: one in use is not invited again, one suspended not suspended. */
export class OtherState {
  readonly name = 'OtherState';
}

/** There is no such unit. */
export class UnitUnknown {
  readonly name = 'UnitUnknown';
}

/** There is a unit of that name, or of one that differs in signs only. */
export class UnitThere {
  readonly name = 'UnitThere';
}

/** The name has neither letters nor digits, or is too long. */
export class UnitNameUnusable {
  readonly name = 'UnitNameUnusable';
}

/** Whoever is named as head of a unit has no account in use. */
export class HeadUnknown {
  readonly name = 'HeadUnknown';
}

/** These codes are no areas of today. */
export class AreasUnknown {
  readonly name = 'AreasUnknown';
  readonly codes: readonly AreaCode[];

  constructor(codes: readonly AreaCode[]) {
    this.codes = codes;
  }
}
