// JDBC's types of tables, as pgjdbc names Postgres's relations.

/** By name, pg_class.relkind: org.postgresql.jdbc.PgDatabaseMetaData. */
export const TABLE_TYPES: ReadonlyMap<string, string> = new Map([
  ['TABLE', 'r'],
  ['PARTITIONED TABLE', 'p'],
  ['VIEW', 'v'],
  ['MATERIALIZED VIEW', 'm'],
  ['FOREIGN TABLE', 'f'],
]);
