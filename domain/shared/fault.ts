/**
 * A fault as the log may hold it: its kind and the places where it arose. Its message can quote what
 * somebody typed, so it stays out.
 */
export const describeFault = (fault: unknown): string => {
  if (!(fault instanceof Error)) return 'unknown';
  const places = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [fault.name, ...places.slice(0, 3).map((place) => place.trim())].join(' ');
};
