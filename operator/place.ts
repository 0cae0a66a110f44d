import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { UsageFault } from './exit.ts';

/** What the laptop writes down about itself when it starts. */
const endpointsSchema = z.object({
  consoleUrl: z.url(),
  region: z.string().min(1),
  table: z.string().min(1),
  endpoints: z.object({ dynamodb: z.url(), s3: z.url().optional() }),
  /** The names of buckets: `uploads`, `documents`. */
  buckets: z.record(z.string(), z.string().min(1)).default({}),
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
});

/** The laptop: where its engines and its console listen. */
export type Laptop = { readonly kind: 'laptop'; readonly file: string } & Readonly<
  z.infer<typeof endpointsSchema>
>;

/** A stage in an AWS account; credentials come from where the SDK looks for them. */
export interface DeployedStage {
  readonly kind: 'stage';
  readonly name: string;
  readonly table: string;
  readonly region: string;
  /** Where the environment names them. */
  readonly buckets: Readonly<Partial<Record<BucketName, string>>>;
}

/** Quarantine, and the archive. */
export type BucketName = 'uploads' | 'documents';

/** Where a command works. */
export type Place = Laptop | DeployedStage;

type Environment = Readonly<Record<string, string | undefined>>;

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const START_IT = 'Start it with "npm start", or name a stage with --stage.';

/** Finds the laptop by what it wrote into FOLKMOOT_DATA (relative to the project, as `npm start` reads it). */
export const findLaptop = (environment: Environment): Laptop => {
  const folder = resolve(PROJECT, environment.FOLKMOOT_DATA || '.folkmoot');
  const file = join(folder, 'endpoints.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageFault(`The laptop is not running: there is no ${file}. ${START_IT}`);
  }
  try {
    return { kind: 'laptop', file, ...endpointsSchema.parse(JSON.parse(text)) };
  } catch {
    throw new UsageFault(`${file} cannot be read as what the laptop writes there. ${START_IT}`);
  }
};

/** A laptop that was killed leaves its file behind: asks its store whether it is there. */
export const requireRunning = async (laptop: Laptop): Promise<Laptop> => {
  const { dynamodb } = laptop.endpoints;
  try {
    await fetch(dynamodb, { signal: AbortSignal.timeout(5000) });
  } catch {
    throw new UsageFault(
      `The laptop is not running: ${laptop.file} names ${dynamodb} and nothing answers there. ${START_IT}`,
    );
  }
  return laptop;
};

const stageFromEnvironment = (name: string, environment: Environment): DeployedStage => {
  const table = environment.TABLE_NAME;
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (!region) throw new UsageFault(`Set AWS_REGION to the region of the stage "${name}".`);
  if (!table)
    throw new UsageFault(
      `Set TABLE_NAME to the table of the stage "${name}". This tells it:\n` +
        `  aws cloudformation describe-stack-resource --stack-name folkmoot-${name}-data ` +
        '--logical-resource-id Table --query StackResourceDetail.PhysicalResourceId --output text',
    );
  const buckets = Object.fromEntries(
    bucketNames.flatMap((bucket) => {
      const found = environment[variableOf(bucket)];
      return found ? [[bucket, found]] : [];
    }),
  );
  return { kind: 'stage', name, table, region, buckets };
};

const bucketNames: readonly BucketName[] = ['uploads', 'documents'];

const variableOf = (bucket: BucketName): string => `${bucket.toUpperCase()}_BUCKET`;

const logicalIds: Readonly<Record<BucketName, string>> = {
  uploads: 'UploadsBucket',
  documents: 'DocumentsBucket',
};

/** The name of a bucket at a place. Throws a `UsageFault` that says how to find it. */
export const bucketAt = (place: Place, bucket: BucketName): string => {
  const name = place.buckets[bucket];
  if (name) return name;
  throw new UsageFault(
    place.kind === 'laptop'
      ? `${place.file} names no bucket for ${bucket}: the laptop is of an older version. Start it again.`
      : `Set ${variableOf(bucket)} to the bucket of the stage "${place.name}". This tells it:\n` +
          `  aws cloudformation describe-stack-resource --stack-name folkmoot-${place.name}-data ` +
          `--logical-resource-id ${logicalIds[bucket]} --query StackResourceDetail.PhysicalResourceId --output text`,
  );
};

/** The stage that was named, otherwise the laptop. Throws a `UsageFault` when it cannot be found. */
export const findPlace = async (stage: string | undefined, environment: Environment): Promise<Place> =>
  stage === undefined ? requireRunning(findLaptop(environment)) : stageFromEnvironment(stage, environment);
