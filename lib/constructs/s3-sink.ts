// The sink as a construct: a function behind a trigger on its topics, and a schedule that closes what waits.
import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { SinkConfig } from '../../src/config/sink-model';
import { FLUSH_EVENT } from '../../src/names';
import type { PlannedConnector } from '../deployment/planned';
import { flushMinutes } from '../deployment/schedules';
import { connectorState, grantFiles, grantState, registryState } from './buckets';
import { checkLogin, grantConnect, grantDeadLetters, type KafkaCluster } from './kafka-cluster';
import { MskTrigger } from './msk-trigger';
import { letOutToS3 } from './network';
import { PipelineFunction } from './pipeline-function';
import { ScheduledInvocation } from './scheduled-invocation';
import { letToRegistries } from './schema-registry-client';
import { grantSecrets } from './secrets';

export interface S3SinkProps {
  /** The sink's file, read and checked by `planConnectors`. */
  readonly connector: PlannedConnector<SinkConfig>;
  /** The cluster whose topics it reads. */
  readonly cluster: KafkaCluster;
  /** The bucket of its open files. */
  readonly state: IBucket;
  /** The bucket of its files, which takes the place of `s3.bucket.name`. */
  readonly bucket: IBucket;
  /** Poller group of triggers in provisioned mode. @default 'connectless' */
  readonly pollerGroup?: string;
}

/** One sink connector. It talks to S3 alone, outside of the VPC, unless its registry is there, or it has dead letters for the brokers. */
export class S3Sink extends Construct {
  readonly step: PipelineFunction;

  constructor(scope: Construct, id: string, props: S3SinkProps) {
    super(scope, id);
    const { connector, cluster, state, bucket, pollerGroup = 'connectless' } = props;
    const { config, registries } = connector;
    const { deadLetters } = config.errors;
    checkLogin(config.name, connector.function, cluster);
    const inVpc = registries.urls.length > 0 || deadLetters !== undefined;
    this.step = new PipelineFunction(this, 'Sink', {
      ...connector.function,
      description: `Sink ${config.name}: ${config.topics.join(', ')} to S3`,
      ...(inVpc ? { network: cluster.network } : {}),
    });
    if (this.step.securityGroup !== undefined) letOutToS3(this, 'ToS3', this.step.securityGroup, cluster.network);
    grantState(this.step, state, {
      reads: registryState(registries),
      writes: [connectorState('sink', config.name)],
    });
    grantFiles(this.step, bucket, config);
    grantSecrets(this.step, connector.function.secrets);
    letToRegistries(this.step, registries);
    if (deadLetters !== undefined) {
      grantConnect(this.step, cluster);
      grantDeadLetters(this.step, cluster, deadLetters.topic);
    }
    new MskTrigger(this, 'Trigger', { step: this.step, cluster, connector, pollerGroup });
    new ScheduledInvocation(this, 'Flush', {
      handler: this.step.handler,
      every: Duration.minutes(flushMinutes(config)),
      description: `Flushes sink ${config.name}`,
      event: FLUSH_EVENT,
    });
  }
}
