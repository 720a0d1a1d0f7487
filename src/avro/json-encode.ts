// Decoded values → Avro's JSON encoding, as kafka-avro-console-consumer prints it.
import { doubleJson, floatJson, textJson } from './jackson-text';
import { branchName, type Schema, type UnionSchema } from './schema';
import { branchOf, itemsOf, membersOf, unlike } from './value';

/**
 * One line of JSON: unions tagged (`{"string":"x"}`, null bare), bytes and fixed as ISO-8859-1 strings, longs with all
 * their digits, `"NaN"` as a string. Floats have their own digits, 0.1, as in Avro 1.11 and Python; Java's Avro 1.12
 * prints them widened to doubles, 0.10000000149011612. A map keeps the order that it was written in.
 * @param value as the codec decodes it
 */
export function valueJson(schema: Schema, value: unknown): string {
  switch (schema.type) {
    case 'float':
      return floatJson(Number(value));
    case 'double':
      return doubleJson(Number(value));
    case 'string':
    case 'enum':
      return textJson(String(value));
    case 'bytes':
    case 'fixed':
      return textJson(Buffer.from(bytesOf(value)).toString('latin1'));
    case 'array':
      return `[${itemsOf(value).map((item) => valueJson(schema.items, item))}]`;
    case 'map':
      return objectJson(Object.entries(membersOf(value)).map(([key, member]) => [key, schema.values, member]));
    case 'record': {
      const members = membersOf(value);
      return objectJson(schema.fields.map(({ name, type }) => [name, type, members[name]]));
    }
    case 'union':
      return unionJson(schema, value);
    default:
      return String(value);
  }
}

function objectJson(members: ReadonlyArray<readonly [name: string, type: Schema, value: unknown]>): string {
  return `{${members.map(([name, type, value]) => `${textJson(name)}:${valueJson(type, value)}`)}}`;
}

function unionJson(union: UnionSchema, value: unknown): string {
  if (value === null) return 'null';
  const { branch, content } = branchOf(union, value);
  return objectJson([[branchName(branch), branch, content]]);
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw unlike('bytes');
}
