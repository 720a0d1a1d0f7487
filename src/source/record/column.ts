// A column as the catalog has it when its rows are read.

/** A type as values have it: what lies beneath a domain. */
export interface ValueType {
  /** Name in pg_type; one that is not in pg_catalog has its schema before it. */
  readonly type: string;
  readonly isEnum: boolean;
  /** pg_attribute.atttypmod, or the domain's; -1: none. */
  readonly typmod: number;
  /** Of an array alone. */
  readonly element?: ElementType;
}

export interface ElementType extends ValueType {
  /** What stands between two elements: `,`, and `;` for box. */
  readonly delimiter: string;
}

export interface Column extends ValueType {
  readonly name: string;
  /** As declared: `numeric(10,2)`, `mood`, `price_domain`. */
  readonly declared: string;
  readonly nullable: boolean;
  /** pg_attribute.attndims, which Postgres holds no value to; absent: not known. */
  readonly dimensions?: number;
}
