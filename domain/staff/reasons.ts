/** Why an account is suspended. Words of our own, since the trail keeps them and holds nothing that people wrote. */
export const suspensionReasons = ['left', 'away', 'moved', 'security', 'mistake'] as const;
export type SuspensionReason = (typeof suspensionReasons)[number];

/** Why a suspended account is in use again. */
export const restorationReasons = ['returned', 'cleared', 'mistake'] as const;
export type RestorationReason = (typeof restorationReasons)[number];

/** Why an account is to be bound anew. */
export const releaseReasons = ['new-identity', 'new-issuer', 'wrong-person'] as const;
export type ReleaseReason = (typeof releaseReasons)[number];
