import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { ConfigurationSet, EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';

/** Synthesizes one of everything that has a policy; gives the folder of the cloud assembly. */
export function synthesizePolicies(folder: string): string {
  const outdir = join(folder, 'cdk.out');
  const code = join(folder, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.mjs'), 'export const handler = async () => {};');
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'app', { env: { region: 'eu-west-2' } });
  const key = new Key(stack, 'Key', { alias: 'app/things', removalPolicy: RemovalPolicy.DESTROY });
  const queue = new Queue(stack, 'Queue', {
    queueName: 'work',
    enforceSSL: true,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
  });
  new Queue(stack, 'Managed', { queueName: 'managed', encryption: QueueEncryption.KMS_MANAGED });
  const bucket = new Bucket(stack, 'Bucket', {
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
  });
  const table = new TableV2(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    encryption: TableEncryptionV2.customerManagedKey(key),
  });
  const worker = new LambdaFunction(stack, 'Worker', {
    functionName: 'app-worker',
    code: Code.fromAsset(code),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    timeout: Duration.seconds(5),
    logGroup: new LogGroup(stack, 'Logs', { logGroupName: '/worker' }),
  });
  queue.grantSendMessages(worker);
  bucket.grantRead(worker);
  table.grant(worker, 'dynamodb:GetItem');
  const second = new ManagedPolicy(stack, 'Second', {
    statements: [new PolicyStatement({ actions: ['ses:SendRawEmail'], resources: ['*'] })],
  });
  worker.role?.addManagedPolicy(second);
  new HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('Worker', worker) });
  new Schedule(stack, 'Schedule', {
    scheduleName: 'app-tick',
    schedule: ScheduleExpression.rate(Duration.hours(1)),
    target: new LambdaInvoke(worker, {}),
  });
  new EmailIdentity(stack, 'Identity', { identity: Identity.domain('folkmoot.example') });
  new ConfigurationSet(stack, 'Set', { configurationSetName: 'set' });
  app.synth();
  return outdir;
}
