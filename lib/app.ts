// The app: reads settings and connector files, decides, and makes the stacks that are needed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { App, StackProps } from 'aws-cdk-lib';
import { report } from '../src/config/report';
import { ConnectlessError } from '../src/errors';
import { DataStack } from './data-stack';
import { type Plan, planDeployment } from './deployment/plan';
import { planLines } from './deployment/plan-lines';
import { type Settings, settingsOf } from './deployment/settings';
import { MonitoringStack } from './monitoring-stack';
import { clusterName, PipelineStack } from './pipeline-stack';
import { holdToBestPractices } from './validation';

/** `root`: where cdk.json is, and from where the folder of the connector files is named. `say` gets what is made, a line each. */
export async function buildApp(app: App, root: string, say: (line: string) => void): Promise<void> {
  holdToBestPractices(app);
  const { settings, faults } = settingsOf(contextOf(app), lineIn(join(root, 'cdk.json')));
  if (faults.length > 0) throw new ConnectlessError('CONFIG_INVALID', report(faults));
  const plan = await planDeployment({
    ...connectorFiles(root, settings),
    settings,
    outdir: join(app.outdir, 'functions'),
  });
  for (const line of planLines(plan)) say(line);
  makeStacks(app, plan);
}

function makeStacks(app: App, plan: Plan): void {
  const { settings } = plan;
  const props = (what: string): StackProps => ({
    stackName: `${settings.name}-${what}`,
    description: `Connectless: ${what}`,
    tags: { connectless: settings.name },
  });
  const data = makesData(plan) ? new DataStack(app, 'Data', { plan, ...props('data') }) : undefined;
  const pipeline = new PipelineStack(app, 'Pipeline', {
    plan,
    ...(data === undefined ? {} : { data }),
    ...props('pipeline'),
  });
  const { cluster, registry } = pipeline;
  new MonitoringStack(app, 'Monitoring', {
    ...props('monitoring'),
    connectors: pipeline.monitored,
    cluster: { name: clusterName(cluster), type: settings.cluster.type },
    ...(data?.database === undefined
      ? {}
      : { database: { identifier: data.database.identifier, engine: settings.database.engine } }),
    ...(registry === undefined ? {} : { registry: { handler: registry.step.handler, apiId: registry.api.apiId } }),
    ...(settings.alarmEmail === undefined ? {} : { alarmEmail: settings.alarmEmail }),
  });
}

function makesData({ settings, decisions }: Plan): boolean {
  const decided = [
    decisions.cluster,
    decisions.state,
    ...decisions.databases.values(),
    ...decisions.dataBuckets.values(),
  ];
  return settings.vpc === undefined || decided.some(({ kind }) => kind === 'make');
}

function contextOf(app: App): Readonly<Record<string, unknown>> {
  return app.node.getAllContext();
}

function lineIn(path: string): (key: string) => number | undefined {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return (key) => {
    const index = lines.findIndex((line) => line.includes(JSON.stringify(key)));
    return index === -1 ? undefined : index + 1;
  };
}

function connectorFiles(root: string, { connectors }: Settings): { workerFile: string; connectorFiles: string[] } {
  const folder = resolve(root, connectors);
  if (!existsSync(folder)) {
    const what = `cdk.json: connectless.connectors: names a folder ${connectors} that is not there; write the folder of worker.properties`;
    throw new ConnectlessError('CONFIG_INVALID', what);
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.properties') && name !== 'worker.properties');
  return {
    workerFile: join(folder, 'worker.properties'),
    connectorFiles: files.sort().map((name) => join(folder, name)),
  };
}
