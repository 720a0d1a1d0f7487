// Names as they are written in the statements that findings propose.
import type { TableName } from '../source/table';

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedTable({ schema, name }: TableName): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/** `"a", "b"` */
export function quotedList(names: readonly string[]): string {
  return names.map(quoted).join(', ');
}
