// The CDK app.
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleAll } from '../lib/bundling';
import { PipelineStack } from '../lib/pipeline-stack';

async function synthesise(): Promise<void> {
  const bundles = await bundleAll(join(__dirname, '..', '.connectless', 'bundles'));
  const app = new App();
  new PipelineStack(app, 'ConnectlessPipeline', { bundles });
  app.synth();
}

synthesise().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
