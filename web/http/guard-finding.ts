/** Why a guarded form is shown again: sent too quickly, opened too long ago, of no known age, or filled by a machine. */
export type GuardFinding = 'young' | 'old' | 'unknown' | 'filled';
