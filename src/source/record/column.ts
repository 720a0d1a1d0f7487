// A column as the catalog has it when its rows are read.

export interface Column {
  readonly name: string;
  /** As declared: `numeric(10,2)`, `mood`, `price_domain`. */
  readonly declared: string;
  /** Name in pg_type of the type itself, or of the type beneath a domain. */
  readonly type: string;
  readonly isEnum: boolean;
  /** pg_attribute.atttypmod, or the domain's; -1: none. */
  readonly typmod: number;
  readonly nullable: boolean;
}
