// What changes in a connector's file on its way to AWS.

import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { PropertiesFile } from '../../src/config/properties';
import type { SinkConfig } from '../../src/config/sink-model';
import type { SourceConfig } from '../../src/config/source-model';
import { isPlaceholder } from '../../src/config/validators';
import { ENVIRONMENT, FILES } from '../../src/names';
import { certificatesOf, withCertificates } from './certificates';
import type { DatabaseDecision, Decisions } from './decisions';
import { type Edits, fromEnvironment } from './edits';
import { converterEdits } from './worker-edits';

/** The user that the source logs in as where the deployment makes the database: it may only read. */
export const DATABASE_USER = 'connectless';

/** The same through the Data API, which logs in with a password. */
export const DATA_API_USER = 'connectless_data_api';

/** Who logs in by IAM; undefined where nobody does. */
export function iamUserOf(config: ConnectorConfig, { databases }: Decisions): string | undefined {
  if (config.kind !== 'source') return undefined;
  const { name, database } = config;
  if ('clusterArn' in database) return undefined;
  if (databases.get(name)?.kind === 'make') return DATABASE_USER;
  return database.iam === undefined ? undefined : database.user;
}

export function connectorEdits(file: PropertiesFile, config: ConnectorConfig, decisions: Decisions): Edits {
  return { ...converterEdits(file, decisions), ...ownEdits(file, config, decisions) };
}

function ownEdits(file: PropertiesFile, config: ConnectorConfig, decisions: Decisions): Edits {
  switch (config.kind) {
    case 'source':
      return sourceEdits(file, config, decisions);
    case 'sink':
      return sinkEdits(config, decisions);
    case 'processor':
      return {};
  }
}

function sourceEdits(file: PropertiesFile, { name, database }: SourceConfig, { databases }: Decisions): Edits {
  const decision = databases.get(name);
  if (decision?.kind === 'make') {
    return { 'connection.url': madeUrl(decision), 'connection.user': undefined, 'connection.password': undefined };
  }
  const certificates = certificatesOf(database);
  if (certificates === undefined) return {};
  const url = file.properties.findLast(({ key }) => key === 'connection.url')?.value ?? '';
  return { 'connection.url': withCertificates(url, certificates) };
}

function madeUrl({ database, through }: DatabaseDecision & { readonly kind: 'make' }): string {
  const name = encodeURIComponent(database);
  if (through === 'data-api') {
    const [clusterArn, secretArn] = [ENVIRONMENT.databaseClusterArn, ENVIRONMENT.databaseSecretArn].map(
      fromEnvironment,
    );
    return `jdbc:aws-dataapi://${clusterArn}/${name}?secretArn=${secretArn}`;
  }
  const [host, port] = [ENVIRONMENT.databaseHost, ENVIRONMENT.databasePort].map(fromEnvironment);
  const parameters = `wrapperPlugins=iam&user=${DATABASE_USER}&sslmode=verify-full&sslrootcert=${FILES.databaseCertificates}`;
  return `jdbc:aws-wrapper:postgresql://${host}:${port}/${name}?${parameters}`;
}

/** A bucket that is made stands in the region of the stack, as one whose region is to be filled in does. */
function sinkEdits({ name, s3 }: SinkConfig, { dataBuckets }: Decisions): Edits {
  const isMade = dataBuckets.get(name)?.kind === 'make';
  return {
    ...(s3.endpoint === undefined ? {} : { 'store.url': undefined }),
    's3.bucket.name': fromEnvironment(ENVIRONMENT.dataBucket),
    ...(isMade || isPlaceholder(s3.region) ? { 's3.region': fromEnvironment('AWS_REGION') } : {}),
  };
}
