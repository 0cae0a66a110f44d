import type { Log } from '#domain/shared/log.ts';
import { MOST_FILE_BYTES } from './file-type.ts';
import type { Finding } from './inspection.ts';
import type { InspectFetched, QuarantinedFiles, UploadedObject } from './inspection-ports.ts';
import { uploadOfKey } from './upload.ts';

interface InspectUploadPorts {
  readonly quarantine: QuarantinedFiles;
  readonly inspect: InspectFetched;
  /** Milliseconds since some moment. */
  readonly stopwatch: () => number;
  readonly log: Log;
}

/**
 * Looks into a file that has arrived in quarantine and writes down what it found. A file that is too large is not
 * even fetched; one that is gone by now needs no verdict any more. Doing it twice says the same twice.
 */
export const inspectUpload =
  ({ quarantine, inspect, stopwatch, log }: InspectUploadPorts) =>
  async (object: UploadedObject, correlationId: string): Promise<void> => {
    const { key, versionId, bytes } = object;
    // The rest of the key is a secret, and stays out of the log.
    const upload = uploadOfKey(key);
    const startedAt = stopwatch();
    const finding =
      bytes > MOST_FILE_BYTES ? tooLarge(bytes) : await quarantine.lookAt(object, (file) => inspect(file));
    if (!finding) return log('WARN', 'file gone', { upload, correlationId });
    await quarantine.tell({ ...finding, key, versionId });
    const durationMs = Math.round(stopwatch() - startedAt);
    log('INFO', 'file inspected', { upload, ...verdictOf(finding), bytes, durationMs, correlationId });
  };

const tooLarge = (bytes: number): Finding => ({
  outcome: 'refused',
  bytes,
  fault: 'too-large',
  detail: 'bytes',
});

const verdictOf = (finding: Finding): { verdict: string; detail: string } =>
  finding.outcome === 'readable'
    ? { verdict: 'readable', detail: finding.type }
    : { verdict: finding.fault, detail: finding.detail };
