import { App, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import settings from '../../cdk.json' with { type: 'json' };
import { addStacks } from '../stacks/add-stacks.ts';
import { readStage } from '../stages.ts';

/**
 * The whole of the product, as one app: `cdk synth -c stage=NAME`. It runs without the CDK's command line
 * too (`CDK_OUTDIR=cdk.out CDK_CONTEXT_JSON='{"stage":"laptop"}' node infra/bin/folkmoot.ts`), with the same
 * result: the feature flags come from cdk.json in both cases, and so does the asset metadata. With
 * CDK_VALIDATION=false the CDK leaves out its own check of the templates, which takes longer than the rest.
 */
const app = new App({
  analyticsReporting: false,
  context: {
    ...settings.context,
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:disable-stack-trace': true,
  },
});

const stage = readStage(app.node.tryGetContext('stage') ?? 'laptop', {
  publicUrl: app.node.tryGetContext('publicUrl'),
  oidcIssuer: app.node.tryGetContext('oidcIssuer'),
});

addStacks(app, stage);
// Named here, its findings are errors; left to itself, the CDK makes warnings of them.
if (process.env.CDK_VALIDATION !== 'false')
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
app.synth();
