// The rules that every synthesis is held against: AWS Solutions' best practices.
import { AwsSolutionsChecks } from 'cdk-nag';

export function nagPlugins(): AwsSolutionsChecks[] {
  return [new AwsSolutionsChecks()];
}
