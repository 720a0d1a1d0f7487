// The schema that a table's rows are written in: the newest one, or the one before where only NOT NULL is new.
import { ConnectlessError } from '../errors';
import type { PreviewedRegistry } from '../registry/registry';
import type { Column } from './record/column';

export type SourceRegistry = Pick<PreviewedRegistry, 'register' | 'schemaById' | 'wouldRegister'>;

export interface FittingSchema {
  readonly id: number;
  /** As the schema has them. */
  readonly columns: readonly Column[];
}

/**
 * A column that was nullable and is NOT NULL now is refused by most levels, although all its rows fit into the schema of
 * before: they go on in that, as they do in Connect, whose driver remembers what was nullable. Throws what the registry says to
 * the columns as they are.
 */
export async function fittingSchema(
  registry: Pick<SourceRegistry, 'register' | 'wouldRegister'>,
  subject: string,
  columns: readonly Column[],
  schemaOf: (columns: readonly Column[]) => string,
): Promise<FittingSchema> {
  try {
    return { id: await registry.register(subject, schemaOf(columns)), columns };
  } catch (error) {
    if (!(error instanceof ConnectlessError && error.code === 'SCHEMA_INCOMPATIBLE')) throw error;
    const { latest } = await registry.wouldRegister(subject, schemaOf(columns));
    const before = latest === undefined ? columns : stillNullable(columns, latest.schema);
    if (before.every((column, index) => column === columns[index])) throw error;
    return await registry.register(subject, schemaOf(before)).then(
      (id) => ({ id, columns: before }),
      () => {
        throw error;
      },
    );
  }
}

function stillNullable(columns: readonly Column[], latest: string): readonly Column[] {
  const { fields } = JSON.parse(latest);
  const optional = new Set(
    Array.isArray(fields)
      ? fields.flatMap(({ name, type }) => (Array.isArray(type) && type.includes('null') ? [name] : []))
      : [],
  );
  return columns.map((column) =>
    optional.has(column.name) && !column.nullable ? { ...column, nullable: true } : column,
  );
}
