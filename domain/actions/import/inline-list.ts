const MARK = /(?<=^|\s)(\(?)(\d{1,2}|[a-z]|[ivx]{2,4})([.)])\s+(?=\S)/gi;

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const NUMBERS = Array.from({ length: 99 }, (_, at) => String(at + 1));
const SCHEMES = [NUMBERS, [...'abcdefghijklmnopqrstuvwxyz'], ROMAN];

/** What stands between two items and belongs to neither. */
const JOINT = /(?:\s*[,;])?(?:\s+and)?$/i;

/**
 * The items of a list on one line, "1. this 2. that" or "(i) this (ii) that". Null when the line is none: it begins with
 * no first count, or nothing else is counted in it. Counts that do not follow each other leave the line as it is.
 */
export const splitInline = (line: string): readonly string[] | null => {
  const marks = [...line.matchAll(MARK)];
  const [first] = marks;
  const scheme = SCHEMES.find(([one]) => one === first?.[2]?.toLowerCase());
  if (first?.index !== 0 || !scheme) return null;
  const counted = marks.filter(
    ([, open, count = '', close]) =>
      open === first[1] && close === first[3] && scheme.includes(count.toLowerCase()),
  );
  if (counted.length < 2) return null;
  if (!counted.every(([, , count = ''], at) => count.toLowerCase() === scheme[at])) return [line];
  return counted.map(({ 0: mark, index }, at) => {
    const next = counted[at + 1];
    const item = line.slice(index + mark.length, next?.index).trim();
    return next ? item.replace(JOINT, '') : item;
  });
};
