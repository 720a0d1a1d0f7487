// The tables of a crash run.

export interface CrashTable {
  readonly name: string;
  /** Of the source, for this table alone. */
  readonly properties: Readonly<Record<string, string>>;
}

export const crashTables: readonly [CrashTable, ...CrashTable[]] = [
  { name: 'plain', properties: {} },
  { name: 'keyed', properties: { 'connectless.table.keyed.key': 'field' } },
];

/** The id stands first, so that it is found in a record without its schema. */
export const crashSchema = crashTables
  .map(
    ({ name }) => `
  CREATE TABLE ${name}(id bigserial PRIMARY KEY, writer int NOT NULL, text text,
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(), stamp timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE INDEX ON ${name}(tx, id);`,
  )
  .join('');
