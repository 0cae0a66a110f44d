import * as z from 'zod';

/** What API Gateway hands over for a web request (HTTP API, payload format 2.0), as far as pages need it. */
export const httpEventSchema = z.object({
  version: z.literal('2.0'),
  rawPath: z.string(),
  rawQueryString: z.string(),
  cookies: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string()),
  requestContext: z.object({
    requestId: z.string(),
    http: z.object({ method: z.string(), path: z.string(), sourceIp: z.string() }),
  }),
  pathParameters: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
});
export type HttpEvent = z.infer<typeof httpEventSchema>;

/** What API Gateway takes back. */
export interface HttpReply {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly cookies?: string[];
  readonly body: string;
  /** The body is bytes in base64, which API Gateway hands on as they were. */
  readonly isBase64Encoded?: boolean;
}
