import { readFileSync } from 'node:fs';
import type {
  CfnResource,
  IPolicyValidationContext,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks, type IApplyRule } from 'cdk-nag';

/** cdk-nag 3.0 has 131 rules and puts each of them to every resource. Fewer than this, and something is wrong. */
const fewestRules = 100;

/**
 * The rules of cdk-nag, with a check on the check: a plugin that looks at nothing finds nothing, and would call a
 * template clean that nobody read. Unless every resource of every template was put to the rules, that is a finding
 * in itself.
 */
export class SolutionsChecks extends AwsSolutionsChecks {
  #resources = 0;
  #rules = 0;

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.#resources = 0;
    this.#rules = 0;
    const report = super.validate(context);
    const inTemplates = context.stackTemplates.reduce(
      (sum, stack) => sum + countResources(stack.templatePath),
      0,
    );
    const enough = this.#resources >= inTemplates && this.#rules >= this.#resources * fewestRules;
    if (enough && inTemplates > 0) return report;
    const said = `${this.#resources} of ${inTemplates} resources were put to ${this.#rules} rules in all.`;
    return { ...report, success: false, violations: [...report.violations, unchecked(said)] };
  }

  protected override checkResource(node: CfnResource): void {
    this.#resources += 1;
    super.checkResource(node);
  }

  protected override applyRule(params: IApplyRule): void {
    this.#rules += 1;
    super.applyRule(params);
  }
}

function countResources(templatePath: string): number {
  const template = JSON.parse(readFileSync(templatePath, 'utf8')) as { Resources?: Record<string, unknown> };
  return Object.keys(template.Resources ?? {}).length;
}

const unchecked = (said: string): PolicyViolation => ({
  ruleName: 'Folkmoot-Unchecked',
  description: `cdk-nag did not look at everything: ${said}`,
  severity: 'error',
  violatingResources: [],
});
