// What the configured types cut off from a table's values, and how it is kept.
import type { TypesConfig } from '../../config/source-model';
import type { Column, ValueType } from './column';
import { digitsOf, isDouble, isInteger } from './numeric-type';

export interface CutOff {
  /** The column's name. */
  readonly column: string;
  /** What does not reach the topic: `microseconds`. */
  readonly what: string;
  /** What keeps it: `timestamp.granularity=micros_long`. */
  readonly keep: string;
}

type Loss = Omit<CutOff, 'column'>;

const EXACT = 'connectless.types=exact';
/** A declared precision up to it has no microseconds. */
const MILLISECONDS = 3;
/** Every decimal of so many digits comes back out of a double. */
const DOUBLE_DIGITS = 15;

export function cutOffs(columns: readonly Column[], types: TypesConfig): readonly CutOff[] {
  if (types.exact) return [];
  return columns.flatMap((column) => {
    const losses = (column.dimensions ?? 0) > 1 ? [] : lossesOf(column, types);
    return losses.map((loss) => ({ column: column.name, ...loss }));
  });
}

function lossesOf(type: ValueType, types: TypesConfig): readonly Loss[] {
  if (type.isEnum) return [];
  if (type.element !== undefined) {
    const isBare = type.element.type === 'numeric' && type.element.typmod < 0;
    return [
      { what: 'dimensions and bounds of an array that has not one dimension from 1', keep: EXACT },
      ...(isBare ? [] : lossesOf(type.element, types)),
    ];
  }
  switch (type.type) {
    case 'timestamp':
    case 'timestamptz':
      return timestampLosses(type, types);
    case 'time':
      return finer(type, EXACT);
    case 'timetz':
      return [{ what: 'the offset from UTC', keep: EXACT }, ...finer(type, EXACT)];
    case 'numeric':
      return numericLosses(type, types);
    default:
      return [];
  }
}

function finer({ typmod }: ValueType, keep: string): readonly Loss[] {
  return typmod >= 0 && typmod <= MILLISECONDS ? [] : [{ what: 'microseconds', keep }];
}

function timestampLosses(type: ValueType, { timestampGranularity }: TypesConfig): readonly Loss[] {
  switch (timestampGranularity) {
    case 'connect_logical':
      return finer(type, `timestamp.granularity=micros_long, or ${EXACT}`);
    case 'micros_long':
    case 'micros_string':
      return [{ what: 'times after the year 294246', keep: `timestamp.granularity=nanos_string, or ${EXACT}` }];
    case 'nanos_long':
      return [
        {
          what: 'times before 1678 and after 2261',
          keep: `timestamp.granularity=micros_long, nanos_string, or ${EXACT}`,
        },
      ];
    case 'nanos_string':
      return [];
    case 'micros_iso_datetime_string':
    case 'nanos_iso_datetime_string':
      return [
        { what: 'BC behind a year', keep: `timestamp.granularity=micros_long, or ${EXACT}` },
        ...(type.type === 'timestamptz' ? [{ what: 'the offset from UTC', keep: EXACT }] : []),
      ];
  }
}

function numericLosses(type: ValueType, { numericMapping }: TypesConfig): readonly Loss[] {
  const digits = digitsOf(type);
  if (digits.precision === 0 && isInteger(digits, numericMapping)) {
    const what = 'everything but whole numbers from -128 to 127: the source stops at a row with another';
    return [{ what, keep: `a precision and scale (ALTER COLUMN … TYPE numeric(38,10)), or ${EXACT}` }];
  }
  if (!isDouble(digits, numericMapping) || digits.precision <= DOUBLE_DIGITS) return [];
  return [{ what: 'digits behind the fifteenth', keep: `numeric.mapping=precision_only, or ${EXACT}` }];
}
