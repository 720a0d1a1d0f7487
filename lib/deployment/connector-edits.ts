// What changes in a connector's file on its way to AWS.
import type { ConnectorConfig, SinkConfig, SourceConfig } from '../../src/config/model';
import type { PropertiesFile } from '../../src/config/properties';
import { ENVIRONMENT, FILES } from '../../src/names';
import type { Decisions } from './decisions';
import { type Edits, fromEnvironment } from './edits';
import { converterEdits } from './worker-edits';

/** The user that the source logs in as where the deployment makes the database: it may only read. */
export const DATABASE_USER = 'connectless';

/** Who logs in by IAM; undefined where nobody does. */
export function iamUserOf(config: ConnectorConfig, { databases }: Decisions): string | undefined {
  if (config.kind !== 'source') return undefined;
  if (databases.get(config.name)?.kind === 'make') return DATABASE_USER;
  return config.postgres.iam === undefined ? undefined : config.postgres.user;
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

function sourceEdits(file: PropertiesFile, { name, postgres }: SourceConfig, { databases }: Decisions): Edits {
  const database = databases.get(name);
  if (database?.kind === 'make') {
    const address = `${fromEnvironment(ENVIRONMENT.databaseHost)}:${fromEnvironment(ENVIRONMENT.databasePort)}`;
    const parameters = `wrapperPlugins=iam&user=${DATABASE_USER}&sslmode=verify-full&sslrootcert=${FILES.databaseCertificates}`;
    return {
      'connection.url': `jdbc:aws-wrapper:postgresql://${address}/${encodeURIComponent(database.database)}?${parameters}`,
      'connection.user': undefined,
      'connection.password': undefined,
    };
  }
  const verifies = postgres.sslMode === 'verify-ca' || postgres.sslMode === 'verify-full';
  if (!isAmazons(postgres.host) || !verifies || postgres.sslRootCert !== undefined) return {};
  const url = file.properties.findLast(({ key }) => key === 'connection.url')?.value ?? '';
  return { 'connection.url': `${url}${url.includes('?') ? '&' : '?'}sslrootcert=${FILES.databaseCertificates}` };
}

/** Its certificates are signed by Amazon's own authorities for RDS, which Node does not trust by itself. */
function isAmazons(host: string): boolean {
  return /\.rds\.amazonaws\.com(\.cn)?$/.test(host);
}

/** A bucket that is made stands in the region of the stack. */
function sinkEdits({ name, s3 }: SinkConfig, { dataBuckets }: Decisions): Edits {
  const elsewhere = s3.endpoint === undefined ? {} : { 'store.url': undefined };
  if (dataBuckets.get(name)?.kind !== 'make') return elsewhere;
  return {
    ...elsewhere,
    's3.bucket.name': fromEnvironment(ENVIRONMENT.dataBucket),
    's3.region': fromEnvironment('AWS_REGION'),
  };
}
