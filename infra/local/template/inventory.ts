import type { FunctionDefinition } from '../invoke/function-definition.ts';
import type { PolicyStatement } from '../permissions/statement.ts';

export type { PolicyStatement };

export interface Table {
  name: string;
  arn: string;
  keySchema: { AttributeName: string; KeyType: string }[];
  attributes: { AttributeName: string; AttributeType: string }[];
  indexes: TableIndex[];
  streamView: string | undefined;
  /** The attribute that says, in seconds since 1970, when an item expires. */
  expiryAttribute: string | undefined;
  encryptionKey: CustomerKey;
}

export interface TableIndex {
  IndexName: string;
  KeySchema: { AttributeName: string; KeyType: string }[];
  Projection: { ProjectionType?: string | undefined; NonKeyAttributes?: string[] | undefined };
}

/** ARN of the customer's key that something is encrypted with; undefined for a key of AWS. */
type CustomerKey = string | undefined;

/** A role of IAM, with everything that it may and may not do. Every statement has been checked. */
export interface Role {
  arn: string;
  policies: PolicyStatement[];
}

/** A customer's key of KMS. */
export interface EncryptionKey {
  arn: string;
  logicalId: string;
  policies: PolicyStatement[];
}

/** Something that mail may come from: a domain or an address. */
export interface MailIdentity {
  arn: string;
  name: string;
}

export interface FunctionInTemplate extends FunctionDefinition {
  /** What AWS calls it; `name` is the part of it that people use. */
  physicalName: string;
  arn: string;
  logicalId: string;
  roleArn: string;
  /** Everything that its role may and may not do. */
  policies: PolicyStatement[];
  /** Its own policy: who may invoke it. */
  invokedBy: PolicyStatement[];
  /** Without the `:*` with which policies mean its streams: these are `<logGroupArn>:log-stream:<name>`. */
  logGroupArn: string;
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
  /** The start of the `aws:SourceArn` with which it invokes functions: `<executeArn>/<stage>/<method>/<path>`. */
  executeArn: string;
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
  /** What EventBridge Scheduler becomes to invoke the function and to send to the failure queue. */
  role: Role;
  /** The JSON that the function is given; undefined for EventBridge's own event. */
  input: string | undefined;
  startDate: string | undefined;
  endDate: string | undefined;
  failureQueue: string | undefined;
}

/** What becomes of the mail of a configuration set, in so far as the default event bus is told. */
export interface MailDestination {
  configurationSet: string;
  /** As SES calls them, in lower case and in one word: `renderingfailure`. */
  eventTypes: readonly string[];
}

/** An enabled rule of the default event bus. */
export interface EventRule {
  name: string;
  arn: string;
  logicalId: string;
  pattern: unknown;
  targets: { queue: string; failureQueue: string | undefined }[];
}

export interface Queue {
  name: string;
  arn: string;
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
  delaySeconds: number;
  redrive: { deadLetterQueue: string; maxReceiveCount: number } | undefined;
  policies: PolicyStatement[];
  encryptionKey: CustomerKey;
}

/** Which pages may have a script that asks a bucket, and for what. Origins and headers may hold one asterisk. */
export interface CorsRule {
  origins: string[];
  methods: string[];
  headers: string[];
  exposedHeaders: string[];
  maxAgeSeconds: number | undefined;
}

/** After how many days objects whose keys begin with the prefix are deleted. */
export interface ExpiryRule {
  prefix: string;
  /** Since it was made. */
  days: number | undefined;
  /** Since there is a later version. */
  noncurrentDays: number | undefined;
  /** Whether a delete marker goes with the last version behind it. */
  lonelyMarkers: boolean;
}

export interface Bucket {
  name: string;
  logicalId: string;
  versioned: boolean;
  /** Whether EventBridge is told of its new objects. */
  tellsEventBus: boolean;
  corsRules: CorsRule[];
  expiryRules: ExpiryRule[];
  policies: PolicyStatement[];
  encryptionKey: CustomerKey;
}

/** A plan of GuardDuty Malware Protection for S3. */
export interface MalwareScan {
  id: string;
  arn: string;
  bucket: string;
  /** Empty: the whole bucket. */
  prefixes: string[];
  /** Whether an object is tagged with what was found in it. */
  tags: boolean;
  /** What GuardDuty becomes to read and tag objects. */
  role: Role;
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
  origin: { kind: 'api'; api: string } | { kind: 'bucket'; bucket: string; distributionArn: string };
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
  eventRules: EventRule[];
  queues: Queue[];
  buckets: Bucket[];
  malwareScans: MalwareScan[];
  deployments: BucketDeployment[];
  /** The behaviours of the distribution in CloudFront's order; empty when there is none. */
  behaviours: Behaviour[];
  configurationSets: string[];
  mailDestinations: MailDestination[];
  identities: MailIdentity[];
  keys: EncryptionKey[];
}
