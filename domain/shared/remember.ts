/** Asks once for each key, and gives the same answer again: for as long as one run takes. */
export const remember = <Asked, Answer>(
  ask: (asked: Asked) => Promise<Answer>,
  keyOf: (asked: Asked) => string,
): ((asked: Asked) => Promise<Answer>) => {
  const known = new Map<string, Promise<Answer>>();
  return (asked) => {
    const key = keyOf(asked);
    const answer = known.get(key) ?? ask(asked);
    known.set(key, answer);
    return answer;
  };
};
