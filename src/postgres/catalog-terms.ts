// Terms of statements about the catalog, each in one place.

/** Begins a statement whose `heir` has the roots and what inherits from them, partitions among it. @param roots a query of oids */
export function heirsOf(roots: string): string {
  return `WITH RECURSIVE heir (oid) AS (
    ${roots} UNION SELECT i.inhrelid FROM pg_inherits i JOIN heir ON i.inhparent = heir.oid)`;
}

/** pgjdbc's auto-increment column, of pg_attribute `a` and pg_attrdef `d`: an identity, or a default that calls nextval. */
export const IS_AUTO_INCREMENT =
  "(a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%', false))";

/** The primary key's columns, pg_attribute `a`, each at `k.place`. @param relation an expression of its oid */
export function fromPrimaryKey(relation: string): string {
  return `
    FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    WHERE i.indrelid = ${relation} AND i.indisprimary`;
}
