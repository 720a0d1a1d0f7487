// The processor as a construct: a function behind a trigger on its input topics that writes the output topic.
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ProcessorConfig } from '../../src/config/model';
import type { PlannedConnector } from '../deployment/planned';
import { connectorState, grantState, registryState } from './buckets';
import { checkLogin, grantConnect, grantProduce, type KafkaCluster } from './kafka-cluster';
import { MskTrigger } from './msk-trigger';
import { letOutToS3 } from './network';
import { PipelineFunction } from './pipeline-function';
import { letToRegistries } from './schema-registry-client';
import { grantSecrets } from './secrets';

export interface ProcessorProps {
  /** The processor's file, read and checked by `planConnectors`. */
  readonly connector: PlannedConnector<ProcessorConfig>;
  /** The cluster of both its topics. */
  readonly cluster: KafkaCluster;
  /** The bucket of its progress. */
  readonly state: IBucket;
  /** Poller group of triggers in provisioned mode. @default 'connectless' */
  readonly pollerGroup?: string;
}

/** One processor. */
export class Processor extends Construct {
  readonly step: PipelineFunction;

  constructor(scope: Construct, id: string, props: ProcessorProps) {
    super(scope, id);
    const { connector, cluster, state, pollerGroup = 'connectless' } = props;
    const { config } = connector;
    checkLogin(config.name, connector.function, cluster);
    this.step = new PipelineFunction(this, 'Processor', {
      ...connector.function,
      description: `Processor ${config.name}: ${config.topics.join(', ')} to ${config.outputTopic}`,
      network: cluster.network,
    });
    if (this.step.securityGroup !== undefined) letOutToS3(this, 'ToS3', this.step.securityGroup, cluster.network);
    grantConnect(this.step, cluster);
    grantProduce(this.step, cluster, [config.outputTopic]);
    grantState(this.step, state, {
      reads: [],
      writes: [connectorState('processor', config.name), ...registryState(connector.registries)],
    });
    grantSecrets(this.step, connector.function.secrets);
    letToRegistries(this.step, connector.registries);
    new MskTrigger(this, 'Trigger', { step: this.step, cluster, connector, pollerGroup });
  }
}
