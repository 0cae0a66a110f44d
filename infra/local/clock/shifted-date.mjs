const RealDate = globalThis.Date;

/** The machine's own clock, whatever the laptop's clock says. */
export const realNow = () => RealDate.now();

/**
 * Puts a Date in place whose present is `offset()` milliseconds away from the machine's. Timers, intervals and
 * dates made from a value are as before.
 * @param {() => number} offset
 */
export function shiftDate(offset) {
  const now = () => RealDate.now() + offset();
  function ShiftedDate(...args) {
    if (!new.target) return new RealDate(now()).toString();
    const prototype = new.target === ShiftedDate ? RealDate : new.target;
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, prototype);
  }
  Object.defineProperties(ShiftedDate, {
    name: { value: 'Date' },
    length: { value: 7 },
    prototype: { value: RealDate.prototype },
  });
  ShiftedDate.now = now;
  ShiftedDate.parse = RealDate.parse;
  ShiftedDate.UTC = RealDate.UTC;
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
}
