// Whether a column's default gives a sequence's numbers as they are.

/** As pg_get_expr prints it; casts among them that keep a number or refuse it. */
const DRAWN = /^\(?nextval\('(?:''|[^'])+'::regclass\)(?:\)::(?:smallint|integer|bigint|numeric))?$/;

export function isDrawn(expression: string): boolean {
  return DRAWN.test(expression);
}
