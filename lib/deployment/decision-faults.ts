// What stands in the way of a deployment although each file is valid by itself.
import type { KafkaConfig } from '../../src/config/model';
import type { ConnectorConfig, PipelineConfig } from '../../src/config/pipeline-model';
import type { PropertiesFile } from '../../src/config/properties';
import type { Fault } from '../../src/config/report';
import { hostOf, isToBeMade } from './address';
import { type Decisions, decideBucket, type RegistryDecision } from './decisions';
import { scramSecretOf } from './secrets';
import type { Settings } from './settings';
import { sinkFaults } from './sink-faults';
import { databaseFaults } from './source-faults';

type FileOf = (connector: ConnectorConfig) => string;

/** `workerFile`: the worker's; `fileOf` names the file of a connector. */
export function decisionFaults(
  { worker, connectors }: PipelineConfig,
  decisions: Decisions,
  settings: Settings,
  workerFile: PropertiesFile,
  fileOf: FileOf,
): Fault[] {
  return [
    ...clusterFaults(worker.kafka, settings, workerFile),
    ...databaseFaults(
      connectors.filter((connector) => connector.kind === 'source'),
      settings,
      fileOf,
    ),
    ...registryFaults(worker, decisions.registry, settings, workerFile.file),
    ...sinkFaults(
      connectors.filter((connector) => connector.kind === 'sink'),
      { worker, decisions, settings },
      fileOf,
    ),
  ];
}

function clusterFaults(kafka: KafkaConfig, { cluster }: Settings, worker: PropertiesFile): Fault[] {
  const made = kafka.brokers.filter((broker) => isToBeMade(hostOf(broker)));
  // A login for this machine does not reach AWS.
  if (made.length === kafka.brokers.length) return [];
  const place = { file: worker.file, property: 'bootstrap.servers' };
  if (made.length > 0) {
    const what = `names ${made[0]} beside brokers that exist`;
    return [{ ...place, what, write: 'name only brokers that exist, or none of them' }];
  }
  if (cluster.arn === undefined) {
    const what = 'names brokers that exist, and a trigger reads them by the ARN of their MSK cluster';
    const write = 'add connectless.cluster.arn to cdk.json, or write localhost:9092 to have a cluster made';
    return [{ ...place, what, write }];
  }
  return scramFaults(kafka, worker);
}

function scramFaults({ sasl }: KafkaConfig, worker: PropertiesFile): Fault[] {
  const { file } = worker;
  if (sasl === undefined || sasl.mechanism === 'AWS_MSK_IAM') return [];
  const place = { file, property: 'sasl.mechanism' };
  if (sasl.mechanism !== 'SCRAM-SHA-512') {
    const what = `${sasl.mechanism} is no mechanism of MSK`;
    return [{ ...place, what, write: 'write SCRAM-SHA-512, or AWS_MSK_IAM' }];
  }
  if (scramSecretOf(worker) !== undefined) return [];
  const what = 'has a password, and the trigger reads it from a secret that it knows by its ARN';
  const write = `write username="\${secretsmanager:ARN:username}" password="\${secretsmanager:ARN:password}", the ARN URL-encoded`;
  return [{ file, property: 'sasl.jaas.config', what, write }];
}

function registryFaults(
  { valueRegistry, stateUrl }: PipelineConfig['worker'],
  registry: RegistryDecision,
  { vpc }: Settings,
  file: string,
): Fault[] {
  const place = { file, property: 'value.converter.schema.registry.url' };
  if (registry.kind === 'use' && vpc === undefined) {
    const what = 'names a registry that exists, and the VPC that is made has no way out to it';
    return [{ ...place, what, write: 'name its VPC as connectless.vpc.id in cdk.json' }];
  }
  const [own, state] = [valueRegistry.url, stateUrl].map(decideBucket);
  if (own?.kind !== 'use' || (state?.kind === 'use' && own.name === state.name && own.prefix === state.prefix))
    return [];
  const what = 'names a place on S3 beside the state, and the built-in registry keeps its log with the state';
  return [{ ...place, what, write: 'write the same URL as connectless.state.url, or http://localhost:8081' }];
}
