export function realNow(): number;
export function shiftDate(offset: () => number): void;
