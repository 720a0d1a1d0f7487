// A column that has become NOT NULL while its subject's readers know it as nullable.
import { optionalBranch } from '../avro/schema';
import { parseSchema } from '../avro/schema-parse';
import type { Column } from './record/column';

/**
 * The columns, nullable wherever the subject's newest schema has them so: every value fits that schema still, and a registry
 * refuses one that could not read the values of before. Connect's source, too, goes on with the nullable schema after SET
 * NOT NULL, until it is restarted. Undefined: none of them differs.
 */
export function nullableAsBefore(columns: readonly Column[], latest: string): readonly Column[] | undefined {
  const schema = parseSchema(latest);
  const before = new Set(
    schema.type !== 'record'
      ? []
      : schema.fields.flatMap(({ name, type }) =>
          type.type === 'union' && optionalBranch(type) !== undefined ? [name] : [],
        ),
  );
  const isKept = ({ name, nullable }: Column) => !nullable && before.has(name);
  if (!columns.some(isKept)) return undefined;
  return columns.map((column) => (isKept(column) ? { ...column, nullable: true } : column));
}
