// What a deployed function will do, worked out from its own configuration: for deployments that no test runs. That this is what
// a function does, the replay of the tutorial's shows.
import { namedTables, sourceTopics } from '../../../lib/deployment/source-topics';
import type { ConnectorConfig } from '../../../src/config/pipeline-model';
import type { SinkConfig } from '../../../src/config/sink-model';
import type { DataApiConfig, SourceConfig } from '../../../src/config/source-model';
import { objectKey } from '../../../src/sink/object-key';
import type { Call } from './evaluator';
import { mskCalls } from './kafka-calls';
import type { Loaded } from './loaded';
import { PLACE } from './resolver';

export interface Around {
  /** Where the stacks are imagined to be. */
  readonly region: string;
  readonly clusterArn: string;
  /** `cluster-…` or `db-…` */
  readonly databaseId: string;
}

export function connectorCalls(
  { worker, secrets }: Loaded,
  connector: ConnectorConfig,
  { clusterArn, databaseId, region }: Around,
): Call[] {
  const { kind, name } = connector;
  const kafka = worker.kafka.sasl?.mechanism === 'AWS_MSK_IAM' ? produced(connector, clusterArn) : [];
  return [
    ...secretCalls(secrets, region),
    ...objectCalls(worker.stateUrl, `${kind}/${name}/anything/0`, 'GetObject', 'PutObject'),
    ...(kind === 'sink' ? converterCalls(connector) : registryCalls(worker, ['GetObject', 'PutObject'])),
    ...kafka,
    ...(kind === 'sink' ? fileCalls(connector, region) : []),
    ...(kind === 'source' ? loginCalls(connector, databaseId, region) : []),
  ];
}

export function secretCalls(secrets: readonly string[], region: string): Call[] {
  const { partition, account } = PLACE;
  const arnOf = (secret: string) =>
    secret.startsWith('arn:') ? secret : `arn:${partition}:secretsmanager:${region}:${account}:secret:${secret}-AbCdEf`;
  return secrets.map((secret) => ({ action: 'secretsmanager:GetSecretValue', resource: arnOf(secret) }));
}

/** Of the built-in registry; another one is reached by HTTP. */
export function registryCalls(
  { valueRegistry: { url } }: Pick<Loaded['worker'], 'valueRegistry'>,
  actions: readonly string[],
): Call[] {
  return url.startsWith('s3://') ? objectCalls(url, 'registry/0000000001', ...actions) : [];
}

function converterCalls({ converters: { value, key } }: SinkConfig): Call[] {
  return [value, key].flatMap((converter) => {
    if (converter.kind === 'glue') return [{ action: 'glue:GetSchemaVersion', resource: '*' }];
    return converter.kind === 'avro' ? registryCalls({ valueRegistry: converter.registry }, ['GetObject']) : [];
  });
}

export function topicCalls(topic: string, clusterArn: string): Call[] {
  return ['CREATE', 'DESCRIBE', 'ALTER'].flatMap((operation) => onTopic(topic, operation, clusterArn));
}

/** With the list that a missing object needs. */
function objectCalls(url: string, key: string, ...actions: readonly string[]): Call[] {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
  const resource = `arn:aws:s3:::${bucket}/${prefix === '' ? '' : `${prefix}/`}${key}`;
  const list = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` };
  return [list, ...actions.map((action) => ({ action: `s3:${action}`, resource }))];
}

function fileCalls(sink: SinkConfig, region: string): Call[] {
  // The files of a pattern's topics have their names.
  const topics = sink.topicsRegex === undefined ? sink.topics : ['a-topic'];
  const keys = topics.map((topic) =>
    objectKey(sink, { topic, partition: 0 }, 'partition=0', { startOffset: 0, ending: '.avro' }),
  );
  const { acl, tagging } = sink.objects;
  const actions = [
    ...['PutObject', 'GetObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'],
    ...(acl === undefined ? [] : ['PutObjectAcl']),
    ...(tagging === undefined ? [] : ['PutObjectTagging']),
  ];
  return [
    { action: 's3:ListBucketMultipartUploads', resource: `arn:aws:s3:::${sink.bucket}` },
    ...keys.flatMap((key) => objectCalls(`s3://${sink.bucket}`, key, ...actions)),
    ...keyCalls(sink, region),
  ];
}

function keyCalls({ objects: { sse } }: SinkConfig, region: string): Call[] {
  if (sse?.kmsKeyId === undefined) return [];
  const { partition, account } = PLACE;
  const id = sse.kmsKeyId;
  const resource = id.startsWith('arn:') ? id : `arn:${partition}:kms:${region}:${account}:key/${id}`;
  return ['GenerateDataKey', 'Decrypt'].map((action) => ({ action: `kms:${action}`, resource }));
}

function produced(connector: ConnectorConfig, clusterArn: string): Call[] {
  const cluster = { user: '', operation: 'IDEMPOTENT_WRITE', type: 'Cluster', name: 'kafka-cluster', request: '' };
  if (connector.kind === 'sink') {
    const { topic } = connector.errors.deadLetters ?? {};
    if (topic === undefined) return [];
    const letters = ['DESCRIBE', 'CREATE', 'WRITE'].flatMap((one) => onTopic(topic, one, clusterArn));
    return [...mskCalls(cluster, clusterArn), ...letters];
  }
  const topics = connector.kind === 'processor' ? [connector.outputTopic] : topicsOf(connector);
  const onTopics = topics.flatMap((topic) => ['WRITE', 'READ'].flatMap((one) => onTopic(topic, one, clusterArn)));
  return [...mskCalls(cluster, clusterArn), ...onTopics];
}

/** Of patterns, a table that they might find. */
function topicsOf(source: SourceConfig): readonly string[] {
  const named = sourceTopics(source);
  return namedTables(source.tables) === undefined && source.query === undefined
    ? [...named, `${source.topicPrefix}any`]
    : named;
}

function onTopic(name: string, operation: string, clusterArn: string): readonly Call[] {
  return mskCalls({ user: '', operation, type: 'Topic', name, request: '' }, clusterArn);
}

function loginCalls({ database }: SourceConfig, databaseId: string, region: string): Call[] {
  const { partition, account } = PLACE;
  if ('clusterArn' in database) return dataApiCalls(database);
  if (database.iam === undefined) return [];
  const resource = `arn:${partition}:rds-db:${region}:${account}:dbuser:${databaseId}/${database.user}`;
  return [{ action: 'rds-db:connect', resource }];
}

function dataApiCalls({ clusterArn, secretArn }: DataApiConfig): Call[] {
  const actions = ['ExecuteStatement', 'BeginTransaction', 'CommitTransaction', 'RollbackTransaction'];
  return [
    ...actions.map((action) => ({ action: `rds-data:${action}`, resource: clusterArn })),
    { action: 'secretsmanager:GetSecretValue', resource: secretArn },
  ];
}
