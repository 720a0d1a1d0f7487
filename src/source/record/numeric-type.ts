// numeric and money in Avro: what numeric.mapping makes of precision and scale, as Connect's JDBC source reads them.
import type { TypesConfig } from '../../config/source-model';
import { type AvroOutput, writeDouble } from './avro-output';
import { type AvroType, type ColumnType, smallInt, type TypeFault, UnwritableValue, writeInteger } from './avro-type';
import type { ValueType } from './column';
import { writeDecimal } from './decimal';

/** pg_attribute.atttypmod of numeric(p,s) begins behind a length word. */
const HEADER = 4;
/** A whole number of so many digits is a long. */
const LONG_DIGITS = 18;
const DOUBLE: ColumnType = { schema: 'double', write: (out, text) => writeDouble(out, Number(text)) };
const EXACT = 'set connectless.types=exact, which makes numerics text';

interface Digits {
  /** 0: numeric without precision. */
  readonly precision: number;
  /** As pgjdbc reads it: eleven bits without a sign. */
  readonly scale: number;
}

export function digitsOf({ typmod }: ValueType): Digits {
  if (typmod < HEADER) return { precision: 0, scale: 0 };
  return { precision: (typmod - HEADER) >> 16, scale: (typmod - HEADER) & 0x7ff };
}

/** Whether the mapping makes a double of it. */
export function isDouble({ precision, scale }: Digits, mapping: TypesConfig['numericMapping']): boolean {
  if (scale === 0) return false;
  return mapping === 'best_fit_eager_double' || (mapping === 'best_fit' && precision <= LONG_DIGITS);
}

/** Whether the mapping makes an integer of it: of a numeric without precision, too, and then one of eight bits. */
export function isInteger({ precision, scale }: Digits, mapping: TypesConfig['numericMapping']): boolean {
  return mapping !== 'none' && scale === 0 && precision <= LONG_DIGITS;
}

export function numericType(type: ValueType, mapping: TypesConfig['numericMapping']): ColumnType | TypeFault {
  const digits = digitsOf(type);
  if (isInteger(digits, mapping)) return digits.precision === 0 ? BYTE : integer(digits.precision);
  if (isDouble(digits, mapping)) return DOUBLE;
  if (digits.precision === 0) {
    return {
      why: 'is a numeric without precision and scale, and an Avro decimal needs both',
      type: 'numeric(38,10), or whatever holds its values',
      or: EXACT,
    };
  }
  // Signed since Postgres 15. pgjdbc reads -2 as 2046; a decimal has no negative scale, but more digits.
  const scale = (digits.scale ^ 0x400) - 0x400;
  return scale < 0 ? decimal(digits.precision - scale, 0) : decimal(digits.precision, scale);
}

/** Its two digits behind the point are all that Connect's own mapping knows of, and most currencies have. */
export const moneyType: ColumnType = { ...decimal(19, 2), write: writeMoney };

function decimal(precision: number, scale: number): ColumnType {
  return {
    schema: {
      type: 'bytes',
      scale,
      precision,
      'connect.version': 1,
      'connect.parameters': { scale: String(scale), 'connect.decimal.precision': String(precision) },
      'connect.name': 'org.apache.kafka.connect.data.Decimal',
      logicalType: 'decimal',
    },
    write: (out, text) => {
      if (text === 'NaN') throw new UnwritableValue(`NaN has no place in a decimal: correct it, or ${EXACT}`);
      writeDecimal(out, text);
    },
  };
}

function integer(precision: number): ColumnType {
  return {
    schema: integerSchema(precision),
    write: (out, text) => {
      if (text === 'NaN') throw new UnwritableValue(`NaN has no place in an integer: correct it, or ${EXACT}`);
      writeInteger(out, text);
    },
  };
}

function integerSchema(precision: number): AvroType {
  if (precision > 9) return 'long';
  if (precision > 4) return 'int';
  return smallInt(precision > 2 ? 16 : 8);
}

/** Connect cuts off the fraction, and dies of anything larger. */
const BYTE: ColumnType = {
  schema: smallInt(8),
  write: (out, text) => {
    const whole = /^(-?\d{1,3})(?:\.0+)?$/.exec(text)?.[1];
    if (whole === undefined || Number(whole) < -128 || Number(whole) > 127) {
      throw new UnwritableValue(
        `numeric.mapping makes of a numeric without precision an int8, which holds whole numbers from -128 to 127: give the column a precision, or ${EXACT}`,
      );
    }
    writeInteger(out, whole);
  },
};

const CENTS = /[.,]\d\d\D*$/;

/** Printed as the database's lc_monetary has it: `$1,234.56`, `-$0.01`, `1.234,56 €`. */
function writeMoney(out: AvroOutput, text: string): void {
  if (!CENTS.test(text)) {
    throw new UnwritableValue(
      'money is printed without two digits behind the point (lc_monetary): make the column a numeric, or set connectless.types=exact, which makes money text',
    );
  }
  const digits = text.replace(/\D/g, '');
  writeDecimal(out, /[-(]/.test(text) ? `-${digits}` : digits);
}
