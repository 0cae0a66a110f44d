/** A statement of an IAM policy, its references resolved, otherwise as it stands in the template. */
export type PolicyStatement = Readonly<Record<string, unknown>>;

/** What stands in an element of a statement, where one string and a list of strings mean the same. */
export function listOf(element: unknown): readonly string[] {
  if (element === undefined) return [];
  return (Array.isArray(element) ? element : [element]).map(String);
}

/** The patterns of a pair such as Action and NotAction; `inverted` when it is the Not-form that is there. */
export interface Selection {
  readonly patterns: readonly string[];
  readonly inverted: boolean;
}

export const actionsOf = (statement: PolicyStatement): Selection =>
  select(statement.Action, statement.NotAction);

/** Without a Resource (in a resource's own policy) the resource itself is meant, here `*`. */
export const resourcesOf = (statement: PolicyStatement): Selection =>
  select(
    statement.Resource ?? (statement.NotResource === undefined ? '*' : undefined),
    statement.NotResource,
  );

function select(element: unknown, notElement: unknown): Selection {
  return notElement === undefined
    ? { patterns: listOf(element), inverted: false }
    : { patterns: listOf(notElement), inverted: true };
}
