import type { PolicyStatement } from './statement.ts';

export type Principal =
  | {
      readonly kind: 'role';
      /** `arn:aws:iam::account:role/Name` */
      readonly arn: string;
      /** `arn:aws:sts::account:assumed-role/Name/session` */
      readonly session: string;
      readonly account: string;
    }
  | { readonly kind: 'user'; readonly arn: string; readonly account: string }
  | {
      readonly kind: 'service';
      /** `lambda.amazonaws.com` */
      readonly service: string;
    };

/** One call, as IAM sees it. */
export interface AccessRequest {
  readonly principal: Principal;
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /**
   * The values of the condition keys, in any case: `aws:SecureTransport`, `dynamodb:LeadingKeys`. Those that follow
   * from the principal and the resource need not be here.
   */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface Policies {
  /** Of the role or user: inline, attached and managed. */
  readonly identity: readonly PolicyStatement[];
  /** Of the resource: bucket policy, queue policy, key policy, Lambda permissions. */
  readonly resource: readonly PolicyStatement[];
}

export type PolicyKind = 'identity-based' | 'resource-based';

export type Decision =
  | { readonly allowed: true; readonly statement: PolicyStatement }
  | {
      readonly allowed: false;
      /** Whether a statement denies it; otherwise none allows it. */
      readonly explicit: boolean;
      readonly where: PolicyKind;
    };
