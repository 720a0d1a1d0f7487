// Connect's schemas, as JsonConverter's envelope and the sink's own views describe data.

export type IntegerType = 'int8' | 'int16' | 'int32' | 'int64';
/** By JsonConverter's names. */
export type PlainType = IntegerType | 'boolean' | 'float' | 'double' | 'bytes' | 'string';

interface Common {
  readonly optional: boolean;
  readonly name?: string;
  readonly version?: number;
  readonly doc?: string;
  /** In their order; none is never empty. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** As the codec takes it; absent: there is none. */
  readonly default?: unknown;
}

interface PlainSchema extends Common {
  readonly type: PlainType;
}

interface ArraySchema extends Common {
  readonly type: 'array';
  readonly items: ConnectSchema;
}

export interface MapSchema extends Common {
  readonly type: 'map';
  readonly keys: ConnectSchema;
  readonly values: ConnectSchema;
}

export interface StructSchema extends Common {
  readonly type: 'struct';
  readonly fields: readonly ConnectField[];
}

export interface ConnectField {
  readonly name: string;
  readonly schema: ConnectSchema;
}

export type ConnectSchema = PlainSchema | ArraySchema | MapSchema | StructSchema;

/** Names of schemas that Connect gives a meaning to. */
export const DECIMAL = 'org.apache.kafka.connect.data.Decimal';
export const DATE = 'org.apache.kafka.connect.data.Date';
export const TIME = 'org.apache.kafka.connect.data.Time';
export const TIMESTAMP = 'org.apache.kafka.connect.data.Timestamp';

/** Digits behind the point of a Decimal; undefined: its schema does not say, or not with a number. */
export function scaleOf({ parameters }: ConnectSchema): number | undefined {
  const scale = parameters?.get('scale') ?? '';
  return /^[+-]?\d{1,9}$/.test(scale) ? Number(scale) : undefined;
}

/** Whether Avro's map can hold it: its keys are strings, and never null. */
export function hasStringKeys({ keys }: MapSchema): boolean {
  return keys.type === 'string' && !keys.optional;
}
