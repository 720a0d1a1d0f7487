// The deployments that the tests synthesise: connector files and settings.

export interface Configuration {
  /** Folder of the files, from the project's directory on. */
  readonly folder: string;
  /** Settings beside those of cdk.json. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A file that is taken away. */
  readonly without?: string;
  /** A property's other value, in a file. */
  readonly changed?: { readonly file: string; readonly property: string; readonly value: string };
}

const OWN_VPC = {
  'connectless.vpc.id': 'vpc-0123456789abcdef0',
  'connectless.vpc.availability.zones': 'eu-central-1a,eu-central-1b',
  'connectless.vpc.subnet.ids': 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
};

const OWN_CLUSTER = {
  ...OWN_VPC,
  'connectless.vpc.s3.prefix.list.id': 'pl-6ea54007',
  'connectless.cluster.arn':
    'arn:aws:kafka:eu-central-1:123456789012:cluster/prices/01234567-89ab-cdef-0123-456789abcdef-2',
  'connectless.cluster.security.group.id': 'sg-0123456789abcdef0',
  'connectless.database.security.group.id': 'sg-0123456789abcdef1',
};

const DEPLOYMENTS = 'test/fixtures/deployment';

/** Those that stand for what users have. */
export const configurations = {
  /** The tutorial's files as they are: everything is made. */
  defaults: { folder: 'connectors' },
  serverless: { folder: 'connectors', settings: { 'connectless.cluster.type': 'serverless' } },
  rds: { folder: 'connectors', settings: { 'connectless.database.engine': 'rds' } },
  'provisioned-mode': { folder: `${DEPLOYMENTS}/provisioned-mode` },
  /** Two sources and three sinks. */
  several: { folder: `${DEPLOYMENTS}/several`, settings: { 'connectless.name': 'shop', 'connectless.zones': '2' } },
  /** Nothing is made but the functions. */
  existing: {
    folder: `${DEPLOYMENTS}/existing`,
    settings: {
      ...OWN_CLUSTER,
      'connectless.database.resource.id': 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      'connectless.alarm.email': 'data@example.com',
    },
  },
  /** Logins by password, from secrets; the buckets are made. */
  scram: { folder: `${DEPLOYMENTS}/scram`, settings: OWN_CLUSTER },
  'own-vpc': { folder: 'connectors', settings: OWN_VPC },
  /** What sinks alone have: patterns, dead letters, registries of their own, keys, tags. */
  sinks: { folder: `${DEPLOYMENTS}/sinks`, settings: OWN_VPC },
  /** Aurora through the Data API: one cluster is made, another exists; a pattern, a query, a topic of a table's own. */
  'data-api': { folder: `${DEPLOYMENTS}/data-api` },
} as const satisfies Record<string, Configuration>;

/** The tutorial's, a little different. */
export const variants = {
  'without-source': { folder: 'connectors', without: 'connect-postgresql.properties' },
  'without-processor': { folder: 'connectors', without: 'processor.properties' },
  'without-sink': { folder: 'connectors', without: 's3-sink.properties' },
  'small-brokers': {
    folder: 'connectors',
    settings: { 'connectless.cluster.instance.type': 'kafka.t3.small', 'connectless.zones': '2' },
  },
  'other-flush-size': {
    folder: 'connectors',
    changed: { file: 's3-sink.properties', property: 'flush.size', value: '1000' },
  },
  'other-database': {
    folder: 'connectors',
    changed: {
      file: 'connect-postgresql.properties',
      property: 'connection.url',
      value: 'jdbc:postgresql://localhost/shop?user=postgres&password=postgres',
    },
  },
  'data-api-left': {
    folder: `${DEPLOYMENTS}/data-api`,
    changed: {
      file: 'orders-source.properties',
      property: 'connection.url',
      value: 'jdbc:postgresql://localhost/shop?user=postgres&password=postgres',
    },
  },
} as const satisfies Record<string, Configuration>;

export type ConfigurationName = keyof typeof configurations;
export type VariantName = keyof typeof variants;

export const configurationNames = Object.keys(configurations) as ConfigurationName[];
