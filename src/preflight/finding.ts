// What is to be said of a database or a table before it is read.

export interface Finding {
  /** An error keeps rows from being read, or would lose some. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Stable: READ_REPLICA, INDEX_MISSING. */
  readonly code: string;
  /** `schema.table` */
  readonly table?: string;
  readonly column?: string;
  /** One sentence. */
  readonly what: string;
  /** What to do: a statement or a property to write. */
  readonly write?: string;
}
