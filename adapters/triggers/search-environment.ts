import * as z from 'zod';

/** Where a stage keeps its index: in a bucket, or in a domain of OpenSearch. */
export const searchEnvironment = {
  SEARCH_BUCKET: z.string().min(1).optional(),
  OPENSEARCH_ENDPOINT: z.url().optional(),
  AWS_REGION: z.string().min(1),
} as const;

export type SearchEnvironment = z.output<z.ZodObject<typeof searchEnvironment>>;

/** Whether it says where; a function that does not know it cannot start. */
export const saysWhereToSearch = ({ SEARCH_BUCKET, OPENSEARCH_ENDPOINT }: SearchEnvironment): boolean =>
  SEARCH_BUCKET !== undefined || OPENSEARCH_ENDPOINT !== undefined;
