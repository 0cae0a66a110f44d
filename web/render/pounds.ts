const PENCE = 100;

const POUNDS = /^£?\s*(?<whole>\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(?<pence>\d{2}))?$/;

/** Pence of what people write as a sum: `£12,500`, `12500`, `99.95`; null for nothing, undefined for what is none. */
export const readPounds = (typed: string): number | null | undefined => {
  if (typed.trim() === '') return null;
  const { whole, pence = '00' } = POUNDS.exec(typed.trim())?.groups ?? {};
  return whole === undefined ? undefined : Number(whole.replaceAll(',', '')) * PENCE + Number(pence);
};

/** `£12,500`, or `£99.95` where there are pence, or `−£5`; empty for nothing. */
export const writePounds = (pence: number | null): string => {
  if (pence === null) return '';
  const sum = Math.abs(pence);
  const whole = String(Math.floor(sum / PENCE)).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const rest = sum % PENCE;
  const pounds = rest === 0 ? `£${whole}` : `£${whole}.${String(rest).padStart(2, '0')}`;
  return pence < 0 ? `−${pounds}` : pounds;
};
