// The app: a stack of what this company has anyway, and one in which Connectless moves its orders to the lake.
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { planConnectors } from '../../lib/deployment/plan-connectors';
import { OrdersStack } from './orders-stack';
import { PlatformStack } from './platform-stack';

export async function ordersApp(app: App): Promise<void> {
  const connectors = (name: string) => join(__dirname, 'connectors', `${name}.properties`);
  const plan = await planConnectors({
    name: 'orders',
    workerFile: connectors('worker'),
    connectorFiles: ['orders-source', 'orders-processor', 'orders-sink'].map(connectors),
    outdir: join(app.outdir, 'connectors'),
  });
  const platform = new PlatformStack(app, 'Platform');
  new OrdersStack(app, 'Orders', { platform, plan });
}

if (require.main === module) void ordersApp(new App());
