// Columns as the catalog would have them.
import type { Column } from '../../../../src/source/record/column';

export function column(name: string, type: string, change: Partial<Column> = {}): Column {
  return { name, declared: type, type, isEnum: false, typmod: -1, nullable: false, ...change };
}

/** Negative scales are eleven bits in two's complement. */
export function numericTypmod(precision: number, scale: number): number {
  return ((precision << 16) | (scale & 0x7ff)) + 4;
}
