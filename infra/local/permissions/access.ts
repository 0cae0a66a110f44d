/** Something that a caller wants to do: all of it has to be allowed, or nothing happens. */
export interface Access {
  /** As IAM calls it: `dynamodb:PutItem` */
  action: string;
  /** ARN of what it is done to; `*` for actions that are about nothing in particular. */
  resource: string;
  /** Condition keys that this access brings with it, such as `dynamodb:LeadingKeys`. */
  context?: Readonly<Record<string, readonly string[]>>;
}

/** Who wants something of an engine. */
export type Caller =
  | { kind: 'function'; name: string }
  /** Whoever holds the operator's keys: an administrator of the account. */
  | { kind: 'operator' }
  /** EventBridge Scheduler, in the role that a schedule gives it. */
  | { kind: 'schedule'; name: string }
  /** GuardDuty, in the role that a plan gives it. */
  | { kind: 'malware-scan'; name: string }
  /** A service of AWS by itself, which only a resource's own policy can let in. */
  | { kind: 'service'; service: string; context?: Readonly<Record<string, readonly string[]>> };
