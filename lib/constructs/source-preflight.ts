// The preflight as a custom resource: at deployment each source says what stands in its way, and an error ends the deployment.
import { CustomResource, FileSystem, Lazy } from 'aws-cdk-lib';
import type { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { PlannedFunction } from '../deployment/planned';
import { customResourceProvider } from './custom-resource-provider';
import type { JdbcSource } from './jdbc-source';
import { allow, PipelineFunction } from './pipeline-function';

export interface SourcePreflightProps {
  /** The function that asks, from `planConnectors`. */
  readonly function: PlannedFunction;
}

/** One function for all sources of a stack. */
export class SourcePreflight extends Construct {
  readonly step: PipelineFunction;
  private readonly provider: Provider;
  private readonly asked: string[] = [];

  constructor(scope: Construct, id: string, props: SourcePreflightProps) {
    super(scope, id);
    this.step = new PipelineFunction(this, 'Preflight', {
      ...props.function,
      description: 'Asks sources at deployment what stands in their way',
    });
    allow(this.step, 'AskSources', ['lambda:InvokeFunction'], Lazy.list({ produce: () => this.asked }));
    this.provider = customResourceProvider(this, 'Provider', this.step.handler);
  }

  /**
   * Asks once for each state of its code and files, before its schedule is made. Its logical id changes with them: CloudFormation then
   * makes another one, so that a roll-back deletes what has failed, and asks nobody about the state before.
   */
  ask(source: JdbcSource): void {
    const { step, code, schedule } = source;
    const before = source.node.children.filter((child) => child !== schedule);
    this.asked.push(step.handler.functionArn);
    const resource = new CustomResource(source, `Preflight${FileSystem.fingerprint(code).slice(0, 12)}`, {
      resourceType: 'Custom::SourcePreflight',
      serviceToken: this.provider.serviceToken,
      properties: { FunctionName: step.handler.functionName },
    });
    resource.node.addDependency(...before, this.step);
    schedule.node.addDependency(resource);
  }
}
