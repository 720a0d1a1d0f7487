// A sink's configuration as the functions that it chooses: what the planner decides by.
import type { FormatConfig, SinkConfig } from '../config/sink-model';
import type { Converter, Data, DataSchema, KnownSchemas } from '../convert/data';
import type { Side } from '../convert/fault';
import type { EventHeaders } from '../convert/headers';
import type { ConnectlessError } from '../errors';
import type { FileFormat } from './format/format';
import type { Role, StoredSchema } from './partition-state';
import type { Partitioner } from './partitioner/partitioner';

export interface Rules {
  readonly config: SinkConfig;
  /** Undefined: values are in Confluent's wire format, which the planner reads itself. */
  readonly value: Converter | undefined;
  readonly key: Converter;
  readonly headers: (headers: EventHeaders) => Data | ConnectlessError;
  readonly schemas: Readonly<Record<Side, KnownSchemas>>;
  readonly partitioner: Partitioner;
  /** What is stored beside each other: values first, then keys and headers when they are. */
  readonly roles: readonly { readonly role: Role; readonly format: FileFormat; readonly config: FormatConfig }[];
  /** Undefined: it is not loaded yet. */
  readonly format: (config: FormatConfig) => FileFormat | undefined;
  readonly storedSchema: (role: Role, stored: StoredSchema) => DataSchema;
}
