import { describe, expect, test } from '@jest/globals';
import type { TypesConfig } from '../../../../src/config/source-model';
import { avroOutput } from '../../../../src/source/record/avro-output';
import type { Column } from '../../../../src/source/record/column';
import { rowWriter } from '../../../../src/source/record/row';
import { tableSchema } from '../../../../src/source/record/table-schema';
import { decodeExactly, type GoldenType, goldenTypes, postgresTypes } from '../../../fixtures/golden/source/read';
import { type TypeDifference, typeDifferences } from '../../../fixtures/golden/source/type-differences';
import { sourceConfig } from '../../../source-config';

const { types: connectTypes } = sourceConfig;

const table = { schema: 'public', name: 't' };
const postgres = postgresTypes();
const mappings: readonly TypesConfig['numericMapping'][] = [
  'none',
  'precision_only',
  'best_fit',
  'best_fit_eager_double',
];

/** What became of a column: its field and its values, or that it or one of them was refused. */
interface Outcome {
  readonly fields?: unknown;
  readonly values?: readonly unknown[] | undefined;
  readonly refused: boolean;
}

function ours(column: Column, texts: readonly (string | null)[], types: TypesConfig): Outcome {
  let schema: string;
  try {
    schema = tableSchema(table, [column], { types });
  } catch {
    return { refused: true };
  }
  const { fields } = JSON.parse(schema);
  const write = rowWriter(table, [column], types, undefined);
  try {
    const values = texts.map((text) => {
      const out = avroOutput();
      write(out, [text]);
      return decodeExactly(schema, out.bytes.subarray(0, out.end)).v;
    });
    return { fields, values, refused: false };
  } catch {
    return { fields, refused: true };
  }
}

function theirs({ fields, values, error }: GoldenType): Outcome {
  if (error !== undefined) return { refused: true };
  return { fields, values: values?.map(({ v }) => v), refused: false };
}

function different(
  { schema, value }: TypeDifference,
  { nullable }: Column,
  texts: readonly (string | null)[],
): Outcome {
  if (schema === undefined) return { refused: true };
  const fields = [nullable ? { name: 'v', type: ['null', schema], default: null } : { name: 'v', type: schema }];
  if (value === undefined) return { fields, refused: true };
  return { fields, values: texts.map((text) => (text === null ? null : value(text))), refused: false };
}

function differenceOf(name: string, mapping: TypesConfig['numericMapping']): TypeDifference | undefined {
  return typeDifferences.find(
    ({ types, mappings = [mapping] }) =>
      mappings.includes(mapping) && (types.includes(name) || types.includes(name.replace(/^(nn|t)_/, ''))),
  );
}

describe.each(mappings)('under numeric.mapping=%s', (numericMapping) => {
  const types = { ...connectTypes, numericMapping };
  const recorded = [...goldenTypes(numericMapping)].filter(([, { type }]) => type !== null);

  test.each(recorded)('%s becomes what it became in Connect, or what the list of differences says', (name, golden) => {
    const { column, texts } = postgres.get(name) ?? { column: undefined, texts: [] };
    if (column === undefined) throw new Error(`no texts of ${name}`);
    const became = ours(column, texts, types);
    const difference = differenceOf(name, numericMapping);
    if (difference === undefined) {
      const { fields, ...rest } = became;
      expect(golden.error === undefined ? became : rest).toEqual(theirs(golden));
    } else {
      expect(became).toEqual(different(difference, column, texts));
      expect(became).not.toEqual(theirs(golden));
    }
  });
});
