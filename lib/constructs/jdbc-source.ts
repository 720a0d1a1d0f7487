// The source as a construct: a function that a schedule starts, one at a time.
import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { SourceConfig } from '../../src/config/source-model';
import type { PlannedConnector } from '../deployment/planned';
import { scheduleMinutes } from '../deployment/schedules';
import { writableTopics } from '../deployment/source-topics';
import { connectorState, grantState, registryState } from './buckets';
import { checkLogin, grantConnect, grantProduce, type KafkaCluster } from './kafka-cluster';
import { letOutToS3 } from './network';
import { PipelineFunction } from './pipeline-function';
import { ScheduledInvocation } from './scheduled-invocation';
import { letToRegistries } from './schema-registry-client';
import { grantSecrets } from './secrets';
import { grantDatabase, type SourceDatabase } from './source-database';

export interface JdbcSourceProps {
  /** The source's file, read and checked by `planConnectors`. */
  readonly connector: PlannedConnector<SourceConfig>;
  /** The cluster whose topics it writes. */
  readonly cluster: KafkaCluster;
  /** The database whose tables it reads. */
  readonly database: SourceDatabase;
  /** The bucket of its cursors. */
  readonly state: IBucket;
}

/** One source connector. */
export class JdbcSource extends Construct {
  readonly step: PipelineFunction;
  readonly schedule: ScheduledInvocation;
  /** Directory of the function's code and files. */
  readonly code: string;

  constructor(scope: Construct, id: string, { connector, cluster, database, state }: JdbcSourceProps) {
    super(scope, id);
    const { config } = connector;
    this.code = connector.function.code;
    checkLogin(config.name, connector.function, cluster);
    this.step = new PipelineFunction(this, 'Source', {
      ...connector.function,
      description: `Source ${config.name}: tables to topics ${config.topicPrefix}*`,
      network: cluster.network,
      // A second one would wait for the first; and the schedule is at least once.
      reservedConcurrency: 1,
    });
    if (this.step.securityGroup !== undefined) letOutToS3(this, 'ToS3', this.step.securityGroup, cluster.network);
    grantConnect(this.step, cluster);
    grantProduce(this.step, cluster, writableTopics(config));
    grantDatabase(this.step, config, database, connector.iamUser);
    grantState(this.step, state, {
      reads: [],
      writes: [connectorState('source', config.name), ...registryState(connector.registries)],
    });
    grantSecrets(this.step, connector.function.secrets);
    letToRegistries(this.step, connector.registries);
    this.schedule = new ScheduledInvocation(this, 'Schedule', {
      handler: this.step.handler,
      every: Duration.minutes(scheduleMinutes(config.pollIntervalMs)),
      description: `Starts source ${config.name}`,
    });
  }
}
