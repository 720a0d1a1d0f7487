// The CDK app's entry.
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildApp } from '../lib/app';
import { ConnectlessError } from '../src/errors';

async function synthesise(): Promise<void> {
  const app = new App();
  // stdout is the CDK's own.
  await buildApp(app, join(__dirname, '..'), (line) => console.error(line));
  app.synth();
}

synthesise().catch((error: unknown) => {
  console.error(error instanceof ConnectlessError && !process.env.DEBUG ? error.message : error);
  process.exitCode = 1;
});
