import { inspectInCell } from '#adapters/inspection/inspect-in-cell.ts';
import { S3QuarantinedFiles } from '#adapters/s3/quarantined-files.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { FetchedFile } from '#domain/documents/inspection-ports.ts';
import type { Config } from './config.ts';

/** Beside this file: as it is written, or in the bundle. */
const worker = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.mjs', import.meta.url);

export const container = ({ uploadsBucket }: Config) => ({
  quarantine: new S3QuarantinedFiles(uploadsBucket),
  inspect: (file: FetchedFile) => inspectInCell(worker, file),
  stopwatch: () => performance.now(),
  log,
});
