import { CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { AssetFiles } from '../constructs/asset-files.ts';
import type { BundledFunction } from '../constructs/bundled-function.ts';
import { MailIdentity } from '../constructs/mail-identity.ts';
import { OriginSecret } from '../constructs/origin-secret.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { StreamWorker } from '../constructs/stream-worker.ts';
import { WebApi } from '../constructs/web-api.ts';
import { WebEntrance } from '../constructs/web-entrance.ts';
import { WebFunction } from '../constructs/web-function.ts';
import type { Stage } from '../stages.ts';
import type { DataStack, EventRuleName } from './data-stack.ts';
import { describeSite } from './describe-site.ts';
import { type EdgeStack, edgeRegion, firewallOutput } from './edge-stack.ts';
import {
  type Capability,
  type FunctionSpec,
  functions,
  queueRunbooks,
  type WorkQueueName,
} from './functions.ts';

export type ServiceStackProps = StackProps & {
  stage: Stage;
  data: DataStack;
  edge: EdgeStack | undefined;
  buildFolder: string;
};

const stuckUpload = 'A file that staff uploaded stays "being checked", and is refused in the end.';

/** What it means that events of a rule reach no queue. */
const undelivered: Record<EventRuleName, { id: string; impact: string; queue: WorkQueueName }> = {
  'mail-events': {
    id: 'MailEventsUndelivered',
    impact: functions['mail-events'].impact,
    queue: 'mail-events',
  },
  uploads: { id: 'UploadsUndelivered', impact: stuckUpload, queue: 'uploads' },
  'scan-results': { id: 'ScanResultsUndelivered', impact: stuckUpload, queue: 'uploads' },
  inspections: { id: 'InspectionsUndelivered', impact: stuckUpload, queue: 'inspections' },
};

/** What can be deployed again at any time: functions, their triggers, the addresses and the alarms. */
export class ServiceStack extends Stack {
  readonly #stage: Stage;
  readonly #data: DataStack;
  readonly #buildFolder: string;
  readonly #alarms: Alarms;
  readonly #web: WebApi;
  readonly #originSecret: string | undefined;
  readonly #firewallArn: string | undefined;
  readonly #accessLogs: PrivateBucket;
  /** Copies of the files of public documents, which CloudFront serves. */
  readonly #published: PrivateBucket;
  readonly #capabilities: Record<Capability, (user: LambdaFunction) => void>;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { stage, data } = props;
    this.#stage = stage;
    this.#data = data;
    this.#buildFolder = props.buildFolder;
    this.#alarms = new Alarms(this, 'Alarms', { email: stage.alarmEmail });
    this.#web = new WebApi(this, 'Web', { stage });
    this.#originSecret = stage.originSecret
      ? new OriginSecret(this, 'Origin', { stageName: stage.name }).value
      : undefined;
    this.#firewallArn = props.edge && this.#readFirewall(props.edge);
    this.#accessLogs = new PrivateBucket(this, 'AccessLogs', {
      logicalId: 'ServiceAccessLogsBucket',
      acceptsAcls: true,
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(stage.logRetentionDays) }],
    });
    // Here and not beside the archive, because its policy names the distribution: docs/adr/0010.
    this.#published = new PrivateBucket(this, 'Published', {
      logicalId: 'PublishedBucket',
      accessLogs: { bucket: this.#accessLogs.bucket, prefix: 'published/' },
    });
    this.#capabilities = this.#describeCapabilities();
    for (const [name, spec] of Object.entries<FunctionSpec>(functions)) this.#addFunction(name, spec);
    this.#watchRules();
    this.#watchApi();
    this.#addEntrance();
  }

  #describeCapabilities(): Record<Capability, (user: LambdaFunction) => void> {
    const mail = new MailIdentity(this, 'Mail', { stage: this.#stage });
    const { queues } = this.#data;
    const { service, signIn, session, limits } = this.#stage;
    const { approvalAbove, weeklyCap } = this.#stage.mail;
    return {
      'queue-mail': (user) => queues.mail.allowSending(user, 'MAIL_QUEUE_URL'),
      'queue-mailings': (user) => queues.mailings.allowSending(user, 'MAILINGS_QUEUE_URL'),
      'queue-uploads': (user) => queues.uploads.allowSending(user, 'UPLOADS_QUEUE_URL'),
      'queue-documents': (user) => queues['document-changes'].allowSending(user, 'DOCUMENTS_QUEUE_URL'),
      ...this.#describeArchive(),
      'send-mail': (user) => mail.allowSending(user),
      'mail-quota': (user) => mail.allowAskingQuota(user),
      mailings: (user) => user.addEnvironment('MAILINGS', JSON.stringify({ approvalAbove, weeklyCap })),
      site: (user) => {
        user.addEnvironment('PUBLIC_URL', service.publicUrl);
        user.addEnvironment('SITE', describeSite(this.#stage));
      },
      sessions: (user) => user.addEnvironment('SESSION', JSON.stringify(session)),
      limits: (user) => {
        user.addEnvironment('LIMITS', JSON.stringify(limits));
        if (this.#originSecret) user.addEnvironment('ORIGIN_SECRET', this.#originSecret);
      },
      'sign-in': (user) => {
        const { issuer, clientId } = 'issuer' in signIn ? signIn : this.#data.staffPool();
        user.addEnvironment('OIDC_ISSUER', issuer);
        user.addEnvironment('OIDC_CLIENT_ID', clientId);
        user.addEnvironment('INVITATION_DAYS', String(this.#stage.invitations.days));
        user.addEnvironment('GROUP_ROLES', JSON.stringify(signIn.groupRoles));
      },
    };
  }

  /** What functions do with files on their way into the archive, in it, and out of it again. */
  #describeArchive() {
    const { uploads, documents, search } = this.#data;
    return {
      'keep-archive': (user: LambdaFunction) => {
        uploads.allow(user, 'UPLOADS_BUCKET', { objects: { PutObject: ['files/'] } });
        documents.allow(user, 'DOCUMENTS_BUCKET', {
          objects: { GetObject: ['files/', 'texts/'] },
          lists: ['ListBucket'],
        });
        search.allow(user, 'SEARCH_BUCKET', { objects: { GetObject: ['staff/'] }, lists: ['ListBucket'] });
      },
      'show-published': (user: LambdaFunction) => {
        this.#published.allow(user, 'PUBLISHED_BUCKET', {
          objects: { GetObject: ['texts/'] },
          lists: ['ListBucket'],
        });
        search.allow(user, 'SEARCH_BUCKET', { objects: { GetObject: ['public/'] }, lists: ['ListBucket'] });
      },
      'take-uploads': (user: LambdaFunction) => {
        uploads.allow(user, 'UPLOADS_BUCKET', {
          objects: {
            GetObject: ['inspected/'],
            GetObjectVersion: ['files/'],
            DeleteObjectVersion: ['files/', 'inspected/'],
          },
          lists: ['ListBucket', 'ListBucketVersions'],
        });
        documents.allow(user, 'DOCUMENTS_BUCKET', {
          objects: { PutObject: ['files/', 'texts/'], DeleteObject: ['files/', 'texts/'] },
        });
        user.addEnvironment('UNSCANNED', this.#stage.unscanned);
      },
      'inspect-uploads': (user: LambdaFunction) =>
        uploads.allow(user, 'UPLOADS_BUCKET', {
          objects: { GetObjectVersion: ['files/'], PutObject: ['inspected/'] },
        }),
      'publish-documents': (user: LambdaFunction) => {
        documents.allow(user, 'DOCUMENTS_BUCKET', {
          objects: { GetObject: ['files/', 'texts/'] },
          lists: ['ListBucket'],
        });
        this.#published.allow(user, 'PUBLISHED_BUCKET', {
          objects: {
            PutObject: ['documents/files/', 'texts/'],
            DeleteObject: ['documents/files/', 'texts/'],
          },
          lists: ['ListBucket'],
        });
      },
      'write-search': (user: LambdaFunction) =>
        search.allow(user, 'SEARCH_BUCKET', {
          objects: {
            GetObject: ['staff/', 'public/'],
            PutObject: ['staff/', 'public/'],
            DeleteObject: ['staff/', 'public/'],
          },
          lists: ['ListBucket'],
        }),
    };
  }

  /** CloudFormation reads it in the other region when somebody deploys. */
  #readFirewall(edge: EdgeStack): string {
    this.addStackDependency(edge);
    return Fn.getStackOutput(edge.stackName, firewallOutput, edgeRegion);
  }

  #addFunction(name: string, spec: FunctionSpec): void {
    const added = this.#addTriggered(name, spec);
    if (spec.table) this.#data.table.allow(added, spec.table);
    for (const capability of spec.needs) this.#capabilities[capability](added);
  }

  #addTriggered(name: string, spec: FunctionSpec): BundledFunction {
    const { trigger, ...rest } = spec;
    const props = { ...rest, name, stage: this.#stage, alarms: this.#alarms, buildFolder: this.#buildFolder };
    switch (trigger.kind) {
      case 'web':
        return new WebFunction(this, name, { ...props, api: this.#web.api, routes: trigger.routes });
      case 'stream':
        return new StreamWorker(this, name, {
          ...props,
          source: this.#data.table,
          entities: trigger.entities,
          batchSize: trigger.batchSize,
          runbook: trigger.runbook,
        });
      case 'queue':
        return new QueueWorker(this, name, {
          ...props,
          work: this.#data.queues[trigger.queue],
          batchSize: trigger.batchSize,
          maxConcurrency: trigger.maxConcurrency,
          runbook: queueRunbooks[trigger.queue],
        });
      case 'schedule':
        return new ScheduledFunction(this, name, {
          ...props,
          cron: trigger.cron,
          timeZone: trigger.timeZone,
        });
    }
  }

  /** What EventBridge could not put into a queue for a day. */
  #watchRules(): void {
    for (const [name, { id, impact, queue }] of Object.entries(undelivered)) {
      this.#alarms.add(this, id, {
        metric: this.#data.rules[name as EventRuleName].undelivered.metricApproximateNumberOfMessagesVisible({
          period: Duration.minutes(5),
          statistic: 'Maximum',
        }),
        threshold: 1,
        impact,
        runbook: queueRunbooks[queue],
      });
    }
  }

  #watchApi(): void {
    this.#alarms.add(this.#web, 'ServerErrors', {
      metric: this.#web.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      impact: 'People see an error page instead of what they asked for, or lose what they typed.',
      runbook: 'web-errors',
    });
  }

  #addEntrance(): void {
    const stage = this.#stage;
    const { bucket: accessLogs } = this.#accessLogs;
    const assets = new PrivateBucket(this, 'Assets', {
      logicalId: 'AssetsBucket',
      accessLogs: { bucket: accessLogs, prefix: 'assets/' },
    });
    new AssetFiles(this, 'AssetFiles', { stage, bucket: assets.bucket, buildFolder: this.#buildFolder });
    const entrance = new WebEntrance(this, 'Entrance', {
      stage,
      api: this.#web.api,
      originSecret: this.#originSecret,
      firewallArn: this.#firewallArn,
      assets: assets.bucket,
      published: this.#published.bucket,
      accessLogs,
      neverCached: [
        ...['staff', 'staff/*', 'sign-in', 'sign-in/*', 'sign-out', 'signed-out', 'invitation/*'],
        ...['sign-up', 'sign-up/*', 'preferences', 'preferences/*', 'unsubscribe/*'],
      ],
    });
    new CfnOutput(this, 'PublicUrl', { value: stage.service.publicUrl });
    new CfnOutput(this, 'DistributionName', {
      description: 'The name to which the DNS record of the public address points',
      value: entrance.distribution.distributionDomainName,
    });
  }
}
