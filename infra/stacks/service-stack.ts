import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { AssetFiles } from '../constructs/asset-files.ts';
import type { BundledFunction } from '../constructs/bundled-function.ts';
import { MailIdentity } from '../constructs/mail-identity.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { StreamWorker } from '../constructs/stream-worker.ts';
import { WebApi } from '../constructs/web-api.ts';
import { WebEntrance } from '../constructs/web-entrance.ts';
import { WebFunction } from '../constructs/web-function.ts';
import type { Stage } from '../stages.ts';
import type { DataStack } from './data-stack.ts';
import { describeSite } from './describe-site.ts';
import { type Capability, type FunctionSpec, functions } from './functions.ts';

export type ServiceStackProps = StackProps & { stage: Stage; data: DataStack; buildFolder: string };

/** What can be deployed again at any time: functions, their triggers, the addresses and the alarms. */
export class ServiceStack extends Stack {
  readonly #stage: Stage;
  readonly #data: DataStack;
  readonly #buildFolder: string;
  readonly #alarms: Alarms;
  readonly #web: WebApi;
  readonly #capabilities: Record<Capability, (user: LambdaFunction) => void>;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { stage, data } = props;
    this.#stage = stage;
    this.#data = data;
    this.#buildFolder = props.buildFolder;
    this.#alarms = new Alarms(this, 'Alarms', { email: stage.alarmEmail });
    this.#web = new WebApi(this, 'Web', { stage });
    this.#capabilities = this.#describeCapabilities();
    for (const [name, spec] of Object.entries<FunctionSpec>(functions)) this.#addFunction(name, spec);
    this.#watchApi();
    this.#addEntrance();
  }

  #describeCapabilities(): Record<Capability, (user: LambdaFunction) => void> {
    const mail = new MailIdentity(this, 'Mail', { stage: this.#stage });
    const { table, mailQueue } = this.#data;
    const { service, signIn, session } = this.#stage;
    return {
      'read-write-table': (user) => table.allow(user, 'read-write'),
      'read-update-table': (user) => table.allow(user, 'read-update'),
      'queue-mail': (user) => mailQueue.allowSending(user, 'MAIL_QUEUE_URL'),
      'send-mail': (user) => mail.allowSending(user),
      site: (user) => {
        user.addEnvironment('PUBLIC_URL', service.publicUrl);
        user.addEnvironment('SITE', describeSite(this.#stage));
      },
      sessions: (user) => user.addEnvironment('SESSION', JSON.stringify(session)),
      'sign-in': (user) => {
        user.addEnvironment('OIDC_ISSUER', signIn.issuer);
        user.addEnvironment('OIDC_CLIENT_ID', signIn.clientId);
      },
    };
  }

  #addFunction(name: string, spec: FunctionSpec): void {
    const added = this.#addTriggered(name, spec);
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
          entity: trigger.entity,
          batchSize: trigger.batchSize,
        });
      case 'queue':
        return new QueueWorker(this, name, {
          ...props,
          work: this.#data.mailQueue,
          batchSize: trigger.batchSize,
        });
      case 'schedule':
        return new ScheduledFunction(this, name, {
          ...props,
          cron: trigger.cron,
          timeZone: trigger.timeZone,
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
    const accessLogs = new PrivateBucket(this, 'AccessLogs', {
      logicalId: 'ServiceAccessLogsBucket',
      acceptsAcls: true,
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(stage.logRetentionDays) }],
    });
    const assets = new PrivateBucket(this, 'Assets', {
      logicalId: 'AssetsBucket',
      accessLogs: { bucket: accessLogs.bucket, prefix: 'assets/' },
    });
    new AssetFiles(this, 'AssetFiles', { stage, bucket: assets.bucket, buildFolder: this.#buildFolder });
    const entrance = new WebEntrance(this, 'Entrance', {
      stage,
      api: this.#web.api,
      assets: assets.bucket,
      accessLogs: accessLogs.bucket,
      neverCached: ['staff', 'staff/*', 'sign-in', 'sign-in/*', 'sign-out', 'signed-out'],
    });
    new CfnOutput(this, 'PublicUrl', { value: stage.service.publicUrl });
    new CfnOutput(this, 'DistributionName', {
      description: 'The name to which the DNS record of the public address points',
      value: entrance.distribution.distributionDomainName,
    });
  }
}
