// The columnMetadata of a result, as pgjdbc derives it from Postgres's description of a row.
import type { ColumnMetadata } from '@aws-sdk/client-rds-data';
import type { Client, FieldDef } from 'pg';
import { jdbcType, type PgType } from './types';

interface Origin {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly notNull: boolean;
  readonly auto: boolean;
}

const UNKNOWN_LENGTH = 2147483647;
const SERIALS: Readonly<Record<string, string>> = { int2: 'smallserial', int4: 'serial', int8: 'bigserial' };
const PRECISIONS: Readonly<Record<string, number>> = {
  int2: 5,
  int4: 10,
  int8: 19,
  float4: 8,
  float8: 17,
  bool: 1,
  date: 13,
};

export async function columnMetadata(
  client: Client,
  fields: readonly FieldDef[],
  types: ReadonlyMap<number, PgType>,
): Promise<ColumnMetadata[]> {
  const origins = await originsOf(client, fields);
  return fields.map((field) => {
    const type = types.get(field.dataTypeID) ?? { name: 'unknown', schema: '', isEnum: false };
    const item = type.element ?? type;
    const origin = origins.get(`${field.tableID}.${field.columnID}`);
    const isNumber = /^(int|float|numeric)/.test(type.name);
    return {
      arrayBaseColumnType: type.element === undefined ? 0 : (jdbcType(type.element) ?? 0),
      isAutoIncrement: origin?.auto ?? false,
      isCaseSensitive: !isNumber,
      isCurrency: false,
      isSigned: isNumber,
      label: field.name,
      name: origin?.column ?? field.name,
      nullable: origin === undefined ? 2 : Number(!origin.notNull),
      precision: precision(item.name, field.dataTypeModifier),
      scale: scale(item.name, field.dataTypeModifier),
      schemaName: origin?.schema ?? '',
      tableName: origin?.table ?? '',
      type: jdbcType(type) ?? 1111,
      typeName: (origin?.auto ? SERIALS[type.name] : undefined) ?? typeName(type),
    };
  });
}

function typeName({ schema, name }: PgType): string {
  return schema === 'pg_catalog' || schema === 'public' ? name : `"${schema}"."${name}"`;
}

function precision(type: string, typmod: number): number {
  if (type === 'numeric') return typmod === -1 ? 0 : (typmod - 4) >>> 16;
  if (type === 'bpchar' || type === 'varchar') return typmod === -1 ? UNKNOWN_LENGTH : typmod - 4;
  if (type === 'bit') return typmod;
  if (/^time/.test(type)) return displaySize(type, typmod);
  return PRECISIONS[type] ?? UNKNOWN_LENGTH;
}

function displaySize(type: string, typmod: number): number {
  const digits = typmod === -1 ? 6 : typmod;
  return (type.startsWith('timestamp') ? 22 : 8) + (digits === 0 ? 0 : digits + 1) + (type.endsWith('tz') ? 6 : 0);
}

function scale(type: string, typmod: number): number {
  if (type === 'numeric') return typmod === -1 ? 0 : (typmod - 4) & 0xffff;
  if (/^time/.test(type)) return typmod === -1 ? 6 : typmod;
  return { float4: 8, float8: 17 }[type] ?? 0;
}

async function originsOf(client: Client, fields: readonly FieldDef[]): Promise<ReadonlyMap<string, Origin>> {
  const known = fields.filter(({ tableID }) => tableID !== 0);
  if (known.length === 0) return new Map();
  const { rows } = await client.query<Origin & { key: string }>(
    `SELECT a.attrelid || '.' || a.attnum AS key, n.nspname AS schema, c.relname AS table, a.attname AS column,
       a.attnotnull OR t.typtype = 'd' AND t.typnotnull AS "notNull",
       a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%', false) AS auto
     FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE (a.attrelid, a.attnum) IN (SELECT * FROM unnest($1::oid[], $2::int2[]))`,
    [known.map(({ tableID }) => tableID), known.map(({ columnID }) => columnID)],
  );
  return new Map(rows.map(({ key, ...origin }) => [key, origin]));
}
