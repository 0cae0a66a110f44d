import { existsSync } from 'node:fs';
import path from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { Alarms, Runbook } from './alarms.ts';
import { findLayer } from './layer.ts';

export type BundledFunctionProps = {
  stage: Stage;
  alarms: Alarms;
  /** The build step's results; the bundle is functions/NAME/index.mjs below it. */
  buildFolder: string;
  /** The folder below functions/, and the name by which people know it. */
  name: string;
  memoryMb: number;
  timeoutSeconds: number;
  /** Folders below layers/ whose packages it loads: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html */
  layers?: readonly string[] | undefined;
  /** What people notice when it fails. */
  impact: string;
};

/** Where the build step put a function's bundle. Throws when it did not. */
function findBundle(buildFolder: string, name: string): string {
  const folder = path.join(buildFolder, 'functions', name);
  if (existsSync(path.join(folder, 'index.mjs'))) return folder;
  throw new Error(
    `The function "${name}" is not built (no build/functions/${name}/index.mjs). Run: npm run build`,
  );
}

/**
 * A function from functions/NAME as the build step bundled it: Node.js 24 on arm64, JSON logs in a group of
 * its own that forgets after the stage's retention, a role that at first may do nothing but write there, and
 * an alarm on failed invocations. The Lambda function is called folkmoot-STAGE-NAME.
 */
export class BundledFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: BundledFunctionProps & { runbook: Runbook }) {
    const { stage, name } = props;
    const functionName = `folkmoot-${stage.name}-${name}`;
    // Encrypted by CloudWatch with a key of AWS's, as every log group is: what is logged names no person.
    const logGroup = new LogGroup(scope, `${id}-logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      functionName,
      code: Code.fromAsset(findBundle(props.buildFolder, name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      layers: (props.layers ?? []).map((layer) => findLayer(scope, stage, props.buildFolder, layer)),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
    });
    props.alarms.add(this, 'Errors', {
      metric: this.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      impact: props.impact,
      runbook: props.runbook,
    });
  }
}
