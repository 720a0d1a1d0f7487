// A source's configuration: where its rows are, how new ones are found, and what becomes of them.
import type { DeploymentConfig, PostgresConfig, TopicCreationConfig } from './model';

/** Aurora through the RDS Data API: `connection.url=jdbc:aws-dataapi://CLUSTER_ARN/DATABASE?secretArn=…`. */
export interface DataApiConfig {
  readonly clusterArn: string;
  /** Of user and password. */
  readonly secretArn: string;
  readonly database: string;
}

/** The Data API's alone has a `clusterArn`. */
export type DatabaseConfig = PostgresConfig | DataApiConfig;

/** `mode`, and `connectless.mode=xid8` in its place. */
export type SourceMode = 'bulk' | 'incrementing' | 'timestamp' | 'timestamp+incrementing' | 'xid8';

/** `table.whitelist`, `table.include.list` and their kin: what is absent narrows nothing. */
export interface TableSelection {
  /** `table.whitelist`: `table`, `schema.table` or `database.schema.table`. */
  readonly whitelist?: readonly string[];
  /** `table.blacklist`, in the same forms. */
  readonly blacklist?: readonly string[];
  /** `table.include.list`: regular expressions that match a whole `schema.table` or `database.schema.table`. */
  readonly include?: readonly RegExp[];
  /** `table.exclude.list` */
  readonly exclude?: readonly RegExp[];
  /** `schema.pattern`, `catalog.pattern`: SQL LIKE patterns, as JDBC's. */
  readonly schemaPattern?: string;
  readonly catalogPattern?: string;
  /** `table.types`: JDBC's names, upper case. @default TABLE */
  readonly types: readonly string[];
}

/** A column chosen by the table's name: `incrementing.column.mapping`, `timestamp.columns.mapping`. */
export interface ColumnMapping {
  /** Matches a whole `schema.table` or `database.schema.table`. */
  readonly table: RegExp;
  readonly columns: readonly string[];
}

/** `connectless.table.<name>.*` */
export interface TableSettings {
  readonly incrementingColumn?: string;
  readonly topic?: string;
  /** Full name of the value's record. */
  readonly recordName?: string;
  /** The message's key from the primary key: a record of its columns, or its one column's value. */
  readonly key?: 'struct' | 'field';
}

/** `transforms`: the key that ValueToKey makes of each record's value, and ExtractField$Key of that. */
interface KeyTransform {
  /** Columns of the key, in its order; of a `field` the one that is the key. */
  readonly fields: readonly string[];
  readonly form: 'struct' | 'field';
}

/** Which Avro types columns get. */
export interface TypesConfig {
  readonly numericMapping: 'none' | 'precision_only' | 'best_fit' | 'best_fit_eager_double';
  readonly timestampGranularity:
    | 'connect_logical'
    | 'micros_long'
    | 'micros_string'
    | 'micros_iso_datetime_string'
    | 'nanos_long'
    | 'nanos_string'
    | 'nanos_iso_datetime_string';
  /** `db.timezone`, an IANA name: where the clock of `timestamp` columns is. */
  readonly timeZone: string;
  /** `connectless.types=exact`: every bit of every type. */
  readonly exact: boolean;
}

export interface SourceConfig {
  readonly kind: 'source';
  readonly name: string;
  readonly deployment: DeploymentConfig;
  readonly topicCreation: TopicCreationConfig;
  readonly database: DatabaseConfig;
  readonly mode: SourceMode;
  /** `query`: its rows instead of tables'; the topic is `topic.prefix` alone. */
  readonly query?: string;
  /** `query.suffix`: behind each generated query. */
  readonly querySuffix?: string;
  /** `incrementing.column.name`; absent: the first auto-increment column of each table. */
  readonly incrementingColumn?: string;
  readonly incrementingColumns: readonly ColumnMapping[];
  /** `incrementing.initial`: rows with a larger id are read. */
  readonly incrementingInitial?: bigint;
  /** `timestamp.column.name`; of several the first that is not null counts. */
  readonly timestampColumn: readonly string[];
  readonly timestampColumns: readonly ColumnMapping[];
  /** `timestamp.initial`, epoch milliseconds; `now`: -1. */
  readonly timestampInitial?: number | 'now';
  readonly timestampDelayMs: number;
  readonly validateNonNull: boolean;
  /** `quote.sql.identifiers=always`. */
  readonly quoteIdentifiers: boolean;
  readonly tables: TableSelection;
  /** By `table` or `schema.table`. */
  readonly tableSettings: ReadonlyMap<string, TableSettings>;
  /** Of every table, or of the query. */
  readonly keyTransform?: KeyTransform;
  readonly types: TypesConfig;
  readonly topicPrefix: string;
  readonly pollIntervalMs: number;
  readonly tablePollIntervalMs: number;
  readonly batchMaxRows: number;
  /** `connectless.fence.timeout.ms`: longest wait for open transactions; absent: until they end. */
  readonly fenceTimeoutMs?: number;
}
