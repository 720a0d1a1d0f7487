// The rules that every synthesis is held against, AWS Solutions' best practices, and how an exception gives its reason.
import { type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** Of an app; violations end its synthesis. */
export function holdToBestPractices(app: IConstruct): void {
  Validations.of(app).addPlugins(explainedChecks());
}

/** A rule's name, or one of its findings as the report words it. */
type Finding = 'S1' | 'RDS11' | 'SMG4' | `IAM4[${string}]` | `IAM5[${string}]`;

export const BASIC_EXECUTION_ROLE =
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]';

/** For the construct and all below it. */
export function explain(construct: IConstruct, finding: Finding, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${finding}`, reason });
}

/** A wildcard in a policy, as the report words it, and why there is nothing narrower. */
export interface WildcardReason {
  readonly wildcard: RegExp;
  readonly reason: string;
}

const wildcardReasons = new WeakMap<IConstruct, readonly WildcardReason[]>();

/** The wildcards of the policies below the construct; one that no reason fits is still reported. */
export function explainWildcards(construct: IConstruct, reasons: readonly WildcardReason[]): void {
  wildcardReasons.set(construct, reasons);
}

/** cdk-nag takes exceptions by their exact text, which holds the names of exports: here a pattern stands for them. */
function explainedChecks(): IPolicyValidationPlugin {
  const checks = new AwsSolutionsChecks();
  return {
    name: checks.name,
    validate: (context) => {
      const violations = checks
        .validate(context)
        .violations.map((violation) => ({
          ...violation,
          violatingResources: violation.violatingResources.filter(
            ({ constructPath = '' }) => !isExplained(context.appConstruct, constructPath, violation.ruleName),
          ),
        }))
        .filter(({ violatingResources }) => violatingResources.length > 0);
      return { violations, success: violations.length === 0 };
    },
  };
}

function isExplained(app: IConstruct, path: string, ruleName: string): boolean {
  const finding = /^AwsSolutions-IAM5\[(.*)\]$/.exec(ruleName)?.[1];
  if (finding === undefined) return false;
  const resource = app.node.findAll().find(({ node }) => node.path === path);
  const reasons = resource?.node.scopes.flatMap((scope) => wildcardReasons.get(scope) ?? []) ?? [];
  return reasons.some(({ wildcard }) => wildcard.test(finding));
}
