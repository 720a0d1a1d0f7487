// docs/types.md says what the code does.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { TypesConfig } from '../../../../src/config/source-model';
import type { AvroType } from '../../../../src/source/record/avro-type';
import type { Column } from '../../../../src/source/record/column';
import { columnType } from '../../../../src/source/record/column-type';
import { sourceConfig } from '../../../source-config';
import { column, numericTypmod } from './columns';

const page = readFileSync('docs/types.md', 'utf8');
/** Names in pg_type, where they are others than those that are declared. */
const CATALOG: Readonly<Record<string, string>> = {
  smallint: 'int2',
  smallserial: 'int2',
  integer: 'int4',
  serial: 'int4',
  bigint: 'int8',
  bigserial: 'int8',
  real: 'float4',
  'double precision': 'float8',
  boolean: 'bool',
  character: 'bpchar',
  'character varying': 'varchar',
  'bit varying': 'varbit',
  '"char"': 'char',
  'time with time zone': 'timetz',
  'timestamp with time zone': 'timestamptz',
};

/** The rows of the table under a heading, as cells. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function declared(text: string): Column {
  const [, name = '', modifier, brackets = ''] = /^(.*?)(?:\((.*?)\))?((?:\[\])*)$/.exec(text) ?? [];
  const type = CATALOG[name] ?? name;
  const [precision = 0, scale = 0] = (modifier ?? '').split(',').map(Number);
  const length = /^(bit|varbit)$/.test(type) ? precision : precision + 4;
  const typmod = type === 'numeric' ? numericTypmod(precision, scale) : length;
  const value = { type, isEnum: false, typmod: modifier === undefined ? -1 : typmod };
  if (brackets === '') return column('v', type, value);
  return column('v', `_${type}`, { element: { ...value, delimiter: ',' }, dimensions: brackets.length / 2 });
}

/** As the page writes a type. */
function notation(schema: AvroType): string {
  if (typeof schema === 'string') return schema;
  if (Array.isArray(schema)) return schema.map(notation).join(' or ');
  const parts: Readonly<Record<string, unknown>> = { ...schema };
  if (parts.type === 'array') return `array of ${notation(parts.items as AvroType)}`;
  const decimal = parts.logicalType === 'decimal' ? `decimal(${parts.precision},${parts.scale})` : parts.logicalType;
  return [parts.type, parts['connect.type'] ?? decimal].join(' ');
}

function cell(of: Column, change: Partial<TypesConfig>): string {
  const type = columnType(of, { ...sourceConfig.types, ...change });
  return 'why' in type ? 'refused' : `\`${notation(type.schema)}\``;
}

describe('docs/types.md', () => {
  const types = rowsUnder('Types').flatMap(([names = '', avro = '', exact = '']) =>
    [...names.matchAll(/`([^`]*)`/g)].map(([, name = '']) => [name, avro, exact] as const),
  );

  test('lists types', () => expect(types.length).toBeGreaterThan(40));

  test.each(types)('%s is %s, and exactly %s', (name, avro, exact) => {
    expect(cell(declared(name), {})).toBe(avro);
    expect(cell(declared(name), { exact: true })).toBe(exact === '' ? avro : exact);
  });

  test.each(rowsUnder('numeric').map((cells) => cells))('%s under each mapping: %s, %s, %s, %s', (name, ...under) => {
    const mappings = ['none', 'precision_only', 'best_fit', 'best_fit_eager_double'] as const;
    const of = declared(name?.replaceAll('`', '') ?? '');
    expect(mappings.map((numericMapping) => cell(of, { numericMapping }))).toEqual(under);
  });

  test.each(rowsUnder('Timestamps'))('%s is %s', (granularity = '', avro) => {
    const timestampGranularity = granularity.replaceAll('`', '') as TypesConfig['timestampGranularity'];
    expect(cell(declared('timestamp'), { timestampGranularity })).toBe(avro);
  });
});
