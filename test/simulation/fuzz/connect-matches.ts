// Whether what avsc read is what a payload of Connect's JSON says.

/** As JsonConverter's envelope has it. */
export interface ConnectSchema {
  readonly type: string;
  readonly name?: string;
  readonly optional?: boolean;
  readonly keys?: ConnectSchema;
  readonly default?: unknown;
  readonly fields?: ReadonlyArray<ConnectSchema & { readonly field: string }>;
  readonly items?: ConnectSchema;
  readonly values?: ConnectSchema;
}

/** Of the types that the originals have, and of no logical ones. @param read by avsc, unions wrapped, longs as bigint */
export function connectMatches(schema: ConnectSchema, payload: unknown, read: unknown): boolean {
  const value = unwrapped(schema, read);
  if (payload === null || payload === undefined) {
    return value === null || (schema.default !== undefined && connectMatches(schema, schema.default, read));
  }
  switch (schema.type) {
    case 'struct':
      return (schema.fields ?? []).every((field) =>
        connectMatches(field, Reflect.get(Object(payload), field.field), Reflect.get(Object(value), field.field)),
      );
    case 'array':
      return listMatches(schema.items, payload as unknown[], value as unknown[]);
    case 'map':
      return mapMatches(schema, payload, value);
    case 'bytes':
      return Buffer.isBuffer(value) && value.equals(Buffer.from(String(payload), 'base64'));
    case 'float':
      return value === Math.fround(Number(payload));
    case 'string':
      return value === inUtf8(String(payload));
    case 'boolean':
      return value === payload;
    default:
      return Number(value) === Number(payload);
  }
}

function listMatches(
  items: ConnectSchema | undefined,
  payload: readonly unknown[],
  value: readonly unknown[],
): boolean {
  if (items === undefined || payload.length !== value.length) return false;
  return payload.every((item, index) => connectMatches(items, item, value[index]));
}

function mapMatches({ values }: ConnectSchema, payload: unknown, value: unknown): boolean {
  const members = Object.entries(Object(payload));
  if (values === undefined || members.length !== Object.keys(Object(value)).length) return false;
  return members.every(([name, member]) => connectMatches(values, member, Reflect.get(Object(value), inUtf8(name))));
}

/** UTF-8 has no half of a surrogate pair, as JSON's escapes do: Java writes a question mark. */
function inUtf8(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '?');
}

/** The branch of an optional value. */
function unwrapped({ type }: ConnectSchema, read: unknown): unknown {
  const names = typeof read === 'object' && read !== null && !Buffer.isBuffer(read) ? Object.keys(read) : [];
  const [name = ''] = names;
  const isWrapped = names.length === 1 && !Array.isArray(read) && (type !== 'map' || name === 'map');
  return isWrapped && (type !== 'struct' || /Reading|Connect/.test(name)) ? Reflect.get(Object(read), name) : read;
}
