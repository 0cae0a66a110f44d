import type { Access } from '../permissions/access.ts';
import type { BucketContext, RequestContext } from './bucket-context.ts';
import { accessDenied } from './s3-error.ts';

/** Throws S3's refusal unless the caller is allowed all of it. */
export type May = (accesses: Access[]) => void;

/** What an operation works on that finds out only by and by what it needs. */
export type AskingContext = RequestContext & { may: May };

/** Asks for whoever signed with this access key. */
export function asker({ refusalOf }: BucketContext, accessKeyId: string): May {
  return (accesses) => {
    const refusal = refusalOf(accessKeyId, accesses);
    if (refusal !== undefined) throw accessDenied(refusal);
  };
}
