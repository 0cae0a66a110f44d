import * as z from 'zod';
import { queueEventSchema } from '#adapters/triggers/queue-handler.ts';
import type { UploadNews } from '#domain/documents/receive-upload.ts';
import type { ScanVerdict } from '#domain/documents/upload.ts';

/*
 * What S3 and GuardDuty tell through EventBridge, as far as we need it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 * https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
 */
const id = z.string().min(1);

const objectSchema = z.object({
  key: z.string().min(1),
  size: z.int().nonnegative(),
  'version-id': z.string().min(1),
});

/** `inspected/{key of the file}/{its version}.json`: what the isolated reader wrote about a file. */
const INSPECTED = /^inspected\/(.+)\/([^/]+)\.json$/;

const createdSchema = z
  .object({
    id,
    source: z.literal('aws.s3'),
    'detail-type': z.literal('Object Created'),
    detail: z.object({ object: objectSchema }),
  })
  .transform(({ id, detail: { object } }) => {
    const [, key, versionId] = INSPECTED.exec(object.key) ?? [];
    const news: UploadNews =
      key !== undefined && versionId !== undefined
        ? { kind: 'inspected', key, versionId }
        : { kind: 'arrived', key: object.key, versionId: object['version-id'], bytes: object.size };
    return { news, correlationId: id };
  });

/** Only one of these words means that there is nothing; whatever else GuardDuty may say one day does not. */
const verdicts: Readonly<Record<string, ScanVerdict>> = {
  NO_THREATS_FOUND: 'clean',
  THREATS_FOUND: 'infected',
};

/** Of an object that it skipped, a scan says that it is not supported: there was no scan. */
const verdictOf = (status: string, result: string): ScanVerdict =>
  status === 'SKIPPED' && result === 'UNSUPPORTED' ? 'not-scanned' : (verdicts[result] ?? 'failed');

const scannedSchema = z
  .object({
    id,
    source: z.literal('aws.guardduty'),
    'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
    detail: z.object({
      scanStatus: z.string(),
      s3ObjectDetails: z.object({ objectKey: z.string().min(1), versionId: z.string().min(1) }),
      scanResultDetails: z.object({ scanResultStatus: z.string() }),
    }),
  })
  .transform(({ id, detail: { scanStatus, s3ObjectDetails, scanResultDetails } }) => ({
    news: {
      kind: 'scanned' as const,
      key: s3ObjectDetails.objectKey,
      versionId: s3ObjectDetails.versionId,
      verdict: verdictOf(scanStatus, scanResultDetails.scanResultStatus),
    },
    correlationId: id,
  }));

/** Nobody has told anything of this upload for a while (functions/mind-uploads). */
const overdueSchema = z
  .object({ overdue: id, correlationId: id })
  .transform(({ overdue, correlationId }) => ({
    news: { kind: 'overdue' as const, upload: overdue },
    correlationId,
  }));

/** What is told, and what it follows from. */
export const messageSchema: z.ZodType<{ readonly news: UploadNews; readonly correlationId: string }> =
  z.union([createdSchema, scannedSchema, overdueSchema]);

export const eventSchema = queueEventSchema(messageSchema);
