const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const ofNumber = (digits: string, radix: number): string => {
  const point = Number.parseInt(digits, radix);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
};

/** The five entities of XML and characters by their number; saxen's own loses those beyond U+FFFF. */
export const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
        if (hex !== undefined) return ofNumber(hex, 16);
        return decimal === undefined ? (NAMED[name] ?? whole) : ofNumber(decimal, 10);
      })
    : text;
