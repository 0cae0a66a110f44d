const PLACE = /^ {4}at .*:\d+:\d+\)?$/;

/** The lines of a stack that V8 wrote: what stands in the message, also over several lines, is not among them. */
const placesOf = ({ message, stack = '' }: Error): string[] => {
  const behindMessage = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  return behindMessage.split('\n').filter((line) => PLACE.test(line));
};

/**
 * A fault as the log may hold it: its kind and the places where it arose. Its message can quote what
 * somebody typed, so it stays out.
 */
export const describeFault = (fault: unknown): string => {
  if (!(fault instanceof Error)) return 'unknown';
  return [
    fault.name,
    ...placesOf(fault)
      .slice(0, 3)
      .map((place) => place.trim()),
  ].join(' ');
};
