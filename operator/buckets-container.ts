import { S3ArchiveIntake } from '#adapters/s3/archive-intake.ts';
import { Bucket } from '#adapters/s3/bucket.ts';
import { connect } from '#adapters/s3/client.ts';
import { S3Quarantine } from '#adapters/s3/quarantine.ts';
import { S3QuarantineDoor } from '#adapters/s3/quarantine-door.ts';
import { S3QuarantinedFiles } from '#adapters/s3/quarantined-files.ts';
import { S3StoredFiles } from '#adapters/s3/stored-files.ts';
import type { Buckets } from './buckets.ts';
import { bucketAt, type Place } from './place.ts';

const connectTo = (place: Place) => {
  if (place.kind === 'stage') return connect({ region: place.region });
  const { region, accessKeyId, secretAccessKey, endpoints } = place;
  const credentials = { accessKeyId, secretAccessKey };
  return connect({
    region,
    credentials,
    forcePathStyle: true,
    ...(endpoints.s3 ? { endpoint: endpoints.s3 } : {}),
  });
};

/** Opens the buckets of a place. Throws a `UsageFault` where nobody says what they are called. */
export const openBuckets = (place: Place): Buckets => {
  const [uploads, documents] = [bucketAt(place, 'uploads'), bucketAt(place, 'documents')];
  const s3 = connectTo(place);
  const [quarantineBucket, archiveBucket] = [new Bucket(uploads, s3), new Bucket(documents, s3)];
  const quarantine = new S3Quarantine(quarantineBucket);
  return {
    quarantine,
    inspections: quarantine,
    quarantineDoor: new S3QuarantineDoor(quarantineBucket),
    quarantinedFiles: new S3QuarantinedFiles(uploads, s3),
    archiveFiles: new S3ArchiveIntake(archiveBucket, uploads),
    storedFiles: new S3StoredFiles(archiveBucket),
  };
};
