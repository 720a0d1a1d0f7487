// What stands in the way of a sink on AWS although its file is valid.
import type { WorkerConfig } from '../../src/config/model';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { Fault } from '../../src/config/report';
import type { SinkConfig } from '../../src/config/sink-model';
import { hostOf, isToBeMade } from './address';
import type { Decisions } from './decisions';
import { registriesOf } from './registries';
import type { Settings } from './settings';

interface Deployed {
  readonly worker: WorkerConfig;
  readonly decisions: Pick<Decisions, 'dataBuckets'>;
  readonly settings: Pick<Settings, 'vpc'>;
}

export function sinkFaults(
  sinks: readonly SinkConfig[],
  deployed: Deployed,
  fileOf: (connector: ConnectorConfig) => string,
): Fault[] {
  return sinks.flatMap((sink) =>
    [endpoint(sink), ownRegistry(sink, deployed), glue(sink, deployed), key(sink), acl(sink, deployed)].flatMap(
      (fault) => (fault === undefined ? [] : [{ file: fileOf(sink), ...fault }]),
    ),
  );
}

type Found = Omit<Fault, 'file'> | undefined;

function endpoint({ s3 }: SinkConfig): Found {
  if (s3.endpoint === undefined || isToBeMade(hostOf(s3.endpoint))) return undefined;
  const what = "names an S3 other than Amazon's, which no role gives access to";
  return { property: 'store.url', what, write: 'delete the line' };
}

/** The worker's is told once, for all. */
function ownRegistry(sink: SinkConfig, { worker, settings }: Deployed): Found {
  const others = registriesOf(sink, worker).urls.filter((url) => url !== worker.valueRegistry.url);
  const [side] = (['value', 'key'] as const).filter((one) => {
    const converter = sink.converters[one];
    return converter.kind === 'avro' && others.includes(converter.registry.url);
  });
  if (side === undefined || settings.vpc !== undefined) return undefined;
  return {
    property: `${side}.converter.schema.registry.url`,
    what: 'names a registry that exists, and the VPC that is made has no way out to it',
    write: 'name its VPC as connectless.vpc.id in cdk.json',
  };
}

function glue(sink: SinkConfig, { worker, settings }: Deployed): Found {
  const isInVpc = sink.errors.deadLetters !== undefined;
  if (!registriesOf(sink, worker).glue || !isInVpc || settings.vpc !== undefined) return undefined;
  return {
    property: 'errors.deadletterqueue.topic.name',
    what: 'puts the sink into the VPC of the brokers, and the VPC that is made has no way out to AWS Glue',
    write: 'delete the line, or name a VPC that has one as connectless.vpc.id in cdk.json',
  };
}

/** A right is granted on a key; which key an alias means is known when it is used. */
function key({ objects }: SinkConfig): Found {
  if (!/(^|:)alias\//.test(objects.sse?.kmsKeyId ?? '')) return undefined;
  return {
    property: 's3.sse.kms.key.id',
    what: 'names a key by an alias, and a right is granted on a key',
    write: "write the key's ARN: aws kms describe-key --key-id alias/… --query KeyMetadata.Arn",
  };
}

/** S3's default, which a bucket that is made has: its owner owns every object, and lists of rights are refused. */
function acl({ name, objects }: SinkConfig, { decisions }: Deployed): Found {
  const isMade = decisions.dataBuckets.get(name)?.kind === 'make';
  if (!isMade || objects.acl === undefined || objects.acl === 'bucket-owner-full-control') return undefined;
  return {
    property: 's3.acl.canned',
    what: `is ${objects.acl}, and the bucket that is made takes no access control lists`,
    write: 'delete the line, or name a bucket of yours that takes them',
  };
}
