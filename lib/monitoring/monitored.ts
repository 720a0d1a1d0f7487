// What the monitoring has to know of a pipeline; whoever builds the pipeline fills it in.
import type { StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** What the monitoring knows of a connector's function. */
export interface MonitoredConnector {
  readonly kind: 'source' | 'processor' | 'sink';
  /** The connector's name: the metrics' dimension. */
  readonly name: string;
  readonly handler: IFunction;
  /** Milliseconds; of the function. */
  readonly timeoutMs: number;
  /** poll.interval.ms of a source. */
  readonly pollIntervalMs?: number;
  /** Of a sink: minutes between two flushes. @default 5 */
  readonly flushMinutes?: number;
  /** Topics read by the trigger, each with its consumer group. */
  readonly reads: readonly { readonly topic: string; readonly group: string }[];
}

export interface MonitoringStackProps extends StackProps {
  readonly connectors: readonly MonitoredConnector[];
  /** Absent: no metrics of the cluster. */
  readonly cluster?: { readonly name: string; readonly type: 'provisioned' | 'serverless' };
  /** Aurora's cluster or RDS's instance identifier. */
  readonly database?: { readonly identifier: string; readonly engine: 'aurora' | 'rds' };
  readonly registry?: { readonly handler: IFunction; readonly apiId: string };
  /** Gets the alarms by mail. @default nobody is subscribed to the topic */
  readonly alarmEmail?: string;
}
