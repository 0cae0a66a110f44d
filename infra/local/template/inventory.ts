import type { FunctionDefinition } from '../invoke/function-definition.ts';

export interface Table {
  name: string;
  arn: string;
  keySchema: { AttributeName: string; KeyType: string }[];
  attributes: { AttributeName: string; AttributeType: string }[];
  indexes: TableIndex[];
  streamView: string | undefined;
  /** The attribute that says, in seconds since 1970, when an item expires. */
  expiryAttribute: string | undefined;
}

export interface TableIndex {
  IndexName: string;
  KeySchema: { AttributeName: string; KeyType: string }[];
  Projection: { ProjectionType?: string | undefined; NonKeyAttributes?: string[] | undefined };
}

/** A statement of an IAM policy, its references resolved, otherwise as it stands in the template. */
export type PolicyStatement = Readonly<Record<string, unknown>>;

export interface FunctionInTemplate extends FunctionDefinition {
  /** What AWS calls it; `name` is the part of it that people use. */
  physicalName: string;
  arn: string;
  logicalId: string;
  /** Everything that its role may and may not do. Nothing checks it yet; the check of calls will. */
  policies: PolicyStatement[];
  /** For asynchronous invocations: how often a failed one is tried again, and where it goes then. */
  asyncRetries: number;
  asyncMaxAgeSeconds: number;
  asyncFailureQueue: string | undefined;
}

export interface Throttle {
  requestsPerSecond: number;
  burst: number;
}

export interface HttpApi {
  id: string;
  routes: HttpRoute[];
  throttle: Throttle | undefined;
}

export interface HttpRoute {
  /** `$default`, or a method (or `ANY`) and a path with `{parameters}`. */
  key: string;
  function: string;
  timeoutMs: number;
}

interface Mapping {
  /** Stable over restarts: the logical id. */
  id: string;
  function: string;
  batchSize: number;
  windowSeconds: number;
  reportsItemFailures: boolean;
  /** Event patterns, one of which a record has to match; empty lets everything through. */
  filters: unknown[];
}

export interface StreamMapping extends Mapping {
  table: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  bisects: boolean;
  /** Undefined: until the record is too old. */
  maxRetries: number | undefined;
  maxRecordAgeSeconds: number | undefined;
  failureQueue: string | undefined;
}

export interface QueueMapping extends Mapping {
  queue: string;
  maxConcurrency: number | undefined;
}

export interface Schedule {
  name: string;
  arn: string;
  logicalId: string;
  expression: string;
  timezone: string;
  function: string;
  /** The JSON that the function is given; undefined for EventBridge's own event. */
  input: string | undefined;
  startDate: string | undefined;
  endDate: string | undefined;
  failureQueue: string | undefined;
}

export interface Queue {
  name: string;
  arn: string;
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
  delaySeconds: number;
  redrive: { deadLetterQueue: string; maxReceiveCount: number } | undefined;
}

export interface Bucket {
  name: string;
  logicalId: string;
  versioned: boolean;
}

/** Files that a deployment puts in a bucket. */
export interface BucketDeployment {
  bucket: string;
  prefix: string;
  /** Folders; later ones win. */
  sources: string[];
  /** Headers that S3 serves with them, in lower case. */
  headers: Record<string, string>;
}

export interface AddedHeader {
  name: string;
  value: string;
  override: boolean;
}

export interface Behaviour {
  /** CloudFront's pattern, with a slash at the start: `/assets/*`. The default behaviour is `/*`, the last. */
  pattern: string;
  methods: string[];
  origin: { kind: 'api'; api: string } | { kind: 'bucket'; bucket: string };
  /** What CloudFront adds to the request. */
  requestHeaders: Record<string, string>;
  addedHeaders: AddedHeader[];
}

/** Everything that the laptop runs. */
export interface Inventory {
  region: string;
  accountId: string;
  tables: Table[];
  functions: FunctionInTemplate[];
  apis: HttpApi[];
  streamMappings: StreamMapping[];
  queueMappings: QueueMapping[];
  schedules: Schedule[];
  queues: Queue[];
  buckets: Bucket[];
  deployments: BucketDeployment[];
  /** The behaviours of the distribution in CloudFront's order; empty when there is none. */
  behaviours: Behaviour[];
  configurationSets: string[];
}
