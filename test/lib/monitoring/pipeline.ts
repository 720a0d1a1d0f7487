// Pipelines to watch: functions in a stack of their own, as a deployment has them.
import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { MonitoredConnector, MonitoringStackProps } from '../../../lib/monitoring/monitored';
import { MonitoringStack } from '../../../lib/monitoring-stack';

export interface Pipeline {
  readonly app: App;
  readonly functions: Stack;
}

export function pipeline(context: Readonly<Record<string, unknown>> = {}): Pipeline {
  const app = new App({ context });
  return { app, functions: new Stack(app, 'Pipeline', { stackName: 'test-pipeline' }) };
}

function functionNamed({ functions }: Pipeline, name: string): LambdaFunction {
  return new LambdaFunction(functions, name, {
    functionName: `test-${name}`,
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
    memorySize: 512,
    role: Role.fromRoleName(functions, `${name}Role`, 'test-role'),
  });
}

export function source(of: Pipeline, name: string, more: Partial<MonitoredConnector> = {}): MonitoredConnector {
  const handler = functionNamed(of, name);
  return { kind: 'source', name, handler, timeoutMs: 58_000, pollIntervalMs: 5000, reads: [], ...more };
}

export function processor(of: Pipeline, name: string, more: Partial<MonitoredConnector> = {}): MonitoredConnector {
  const reads = [{ topic: `${name}-in`, group: `connect-${name}` }];
  return { kind: 'processor', name, handler: functionNamed(of, name), timeoutMs: 300_000, reads, ...more };
}

export function sink(of: Pipeline, name: string, more: Partial<MonitoredConnector> = {}): MonitoredConnector {
  return { ...processor(of, name), kind: 'sink', ...more };
}

/** One of each kind, on what a deployment makes. */
export function tutorial(of: Pipeline): MonitoringStackProps {
  return {
    connectors: [source(of, 'prices-source'), processor(of, 'prices-processor'), sink(of, 'prices-sink')],
    cluster: { name: 'test-cluster', type: 'provisioned' },
    database: { identifier: 'test-database', engine: 'aurora' },
    registry: { handler: functionNamed(of, 'registry'), apiId: 'api1234567' },
    alarmEmail: 'somebody@example.com',
  };
}

export function monitoring({ app }: Pipeline, props: MonitoringStackProps): MonitoringStack {
  return new MonitoringStack(app, 'Monitoring', { stackName: 'test-monitoring', ...props });
}
