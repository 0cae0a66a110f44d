import { CfnResource, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, type IApplyRule, NagRuleCompliance } from 'cdk-nag';
import { describe, expect, test, vi } from 'vitest';
import { SolutionsChecks } from '#infra/constructs/solutions-checks.ts';
import { stageNames } from '#infra/stages.ts';
import { makeApp } from './synthesize.ts';

/** What cdk-nag has to say when nobody acknowledges anything. */
class Findings extends AwsSolutionsChecks {
  readonly found: Remark[] = [];

  protected override applyRule({ rule, ruleSuffixOverride, node }: IApplyRule): void {
    const id = `AwsSolutions-${ruleSuffixOverride ?? rule.name}`;
    const { path } = node.node;
    const result = this.#ask(rule, node);
    if (Array.isArray(result))
      this.found.push(...result.map((finding) => ({ id: `${id}[${finding}]`, path })));
    else if (result === NagRuleCompliance.NON_COMPLIANT) this.found.push({ id, path });
  }

  /** A rule that cannot cope with a resource is a finding for cdk-nag, too. */
  #ask(rule: IApplyRule['rule'], node: CfnResource) {
    try {
      return rule(node);
    } catch {
      return NagRuleCompliance.NON_COMPLIANT;
    }
  }
}

interface Remark {
  readonly id: string;
  readonly path: string;
}

/** What cdk-nag and the CDK would say of a stage if nobody acknowledged anything. */
function remarksOn(stage: string): readonly Remark[] {
  const silence = vi.spyOn(Validations.prototype, 'acknowledge').mockReturnValue();
  const { app } = makeApp(stage);
  silence.mockRestore();
  const findings = new Findings();
  findings.validateScope(app);
  const warnings = app.node
    .findAll()
    .flatMap(({ node }) => node.metadata.map(({ data }) => ({ id: String(data), path: node.path })));
  return [...findings.found, ...warnings];
}

/** Nobody has synthesized here: what another stack exports is still called by the name that it has there. */
const asBeforeSynthesis = (id: string): string =>
  id
    .replace(/^Annotation::/, '')
    .replace(/[\w-]+:ExportsOutputFnGetAtt(\w+?)Arn[0-9A-F]{8}/, (_, name: string) => `<${name}.Arn>`);

const acknowledgementsIn = (stage: string) =>
  makeApp(stage)
    .app.node.findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>))
        .map(([id, reason]) => ({ path: node.path, id: asBeforeSynthesis(id), reason })),
    );

describe.each(stageNames())('what is acknowledged in %s', (stage) => {
  test('is still found, and has a reason', () => {
    const remarks = remarksOn(stage);
    const acknowledgements = acknowledgementsIn(stage);
    const stale = acknowledgements.filter(
      ({ id, path }) =>
        !remarks.some((remark) => remark.id.includes(id) && `${remark.path}/`.startsWith(`${path}/`)),
    );
    expect(stale.map(({ path, id }) => `${path}: ${id}`)).toEqual([]);
    expect(acknowledgements.length).toBeGreaterThan(0);
    for (const { id, reason } of acknowledgements) expect(reason, id).toMatch(/^[A-Z].{20,}\.$/);
  });
});

describe('cdk-nag', () => {
  test('fails the synthesis with what it finds fault with', () => {
    const { app, service } = makeApp('laptop');
    new Bucket(service, 'Open');
    expect(() => app.synth()).toThrow('AwsSolutions-S1');
  });

  test('fails the synthesis when it stops looking: no resources, or no rules', () => {
    const { app } = makeApp('laptop');
    const { stacks } = app.synth();
    const stackTemplates = stacks.map(({ hierarchicalId, templateFullPath }) => ({
      stackConstructPath: hierarchicalId,
      templatePath: templateFullPath,
      accountId: undefined,
      region: undefined,
    }));
    const context = { templatePaths: [], stackTemplates, appConstruct: app };
    class Blind extends SolutionsChecks {
      override validateScope() {
        return { success: true, violations: [] };
      }
    }
    class Idle extends SolutionsChecks {
      protected override applyRule(): void {}
    }
    expect(new SolutionsChecks().validate(context)).toMatchObject({ success: true, violations: [] });
    for (const check of [new Blind(), new Idle()]) {
      expect(check.validate(context)).toMatchObject({
        success: false,
        violations: [{ ruleName: 'Folkmoot-Unchecked', severity: 'error' }],
      });
    }
    expect(new SolutionsChecks().validate({ ...context, stackTemplates: [] }).success).toBe(false);
  });
});

describe("CloudFormation's own schemas", () => {
  const validator = new CloudFormationValidatePlugin();

  function synthesizeWith(change: (stacks: ReturnType<typeof makeApp>) => void, stage = 'laptop'): void {
    const stacks = makeApp(stage);
    Validations.of(stacks.app).addPlugins(validator);
    change(stacks);
    stacks.app.synth();
  }

  test.each(stageNames())('have nothing to say about %s, not even a warning', (stage) => {
    const { app } = makeApp(stage);
    const stackTemplates = app.synth().stacks.map((stack) => ({
      stackConstructPath: stack.hierarchicalId,
      templatePath: stack.templateFullPath,
      accountId: undefined,
      region: stack.environment.region,
    }));
    expect(stackTemplates).toHaveLength(stage === 'laptop' ? 2 : 3);
    expect(validator.validate({ templatePaths: [], stackTemplates, appConstruct: app }).violations).toEqual(
      [],
    );
  });

  const queue = ({ service }: ReturnType<typeof makeApp>): CfnResource => {
    const added = new Queue(service, 'Wrong', { enforceSSL: true }).node.defaultChild;
    if (!CfnResource.isCfnResource(added)) throw new Error('no resource');
    Validations.of(added).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'Only for this test.' });
    return added;
  };

  test('let a right property pass', () => {
    expect(() =>
      synthesizeWith((stacks) => queue(stacks).addPropertyOverride('VisibilityTimeout', 30)),
    ).not.toThrow();
  });

  test.each<[what: string, change: (stacks: ReturnType<typeof makeApp>) => void, finding: string]>([
    [
      'the wrong name of a property',
      (stacks) => queue(stacks).addPropertyOverride('VisibilityTimeOut', 30),
      'VisibilityTimeOut',
    ],
    [
      'the wrong type of a property',
      (stacks) => queue(stacks).addPropertyOverride('VisibilityTimeout', 'a while'),
      'a while',
    ],
    [
      'the lack of a property',
      ({ service }) =>
        new CfnResource(service, 'Rule', { type: 'AWS::Lambda::EventInvokeConfig', properties: {} }),
      'FunctionName',
    ],
    [
      'a wrong type',
      ({ service }) => new CfnResource(service, 'What', { type: 'AWS::SQS::Que' }),
      'AWS::SQS::Que',
    ],
  ])('fail the synthesis for %s', (_, change, finding) => {
    expect(() => synthesizeWith(change)).toThrow(finding);
  });
});
