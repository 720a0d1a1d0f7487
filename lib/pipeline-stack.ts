// The functions of a pipeline. Their schedule, triggers, permissions and data stores are not part of it yet.
import { dirname } from 'node:path';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { LambdaName } from './bundling';

export interface PipelineStackProps extends StackProps {
  /** Path of each lambda's bundle. */
  readonly bundles: Readonly<Record<LambdaName, string>>;
}

/** One function for each step, from the bundles that the local runner runs. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);
    for (const [name, bundle] of Object.entries(props.bundles)) {
      new LambdaFunction(this, name, {
        description: `Connectless: ${name}`,
        runtime: Runtime.NODEJS_22_X,
        architecture: Architecture.ARM_64,
        handler: 'index.handler',
        code: Code.fromAsset(dirname(bundle)),
        memorySize: 512,
        timeout: Duration.minutes(1),
        environment: { NODE_OPTIONS: '--enable-source-maps' },
      });
    }
  }
}
