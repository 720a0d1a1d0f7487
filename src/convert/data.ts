// What a converter makes of a record's key or value: bytes whose meaning is known.
import type { Schema } from '../avro/schema';
import type { Skip } from '../avro/skipper';
import type { ConnectlessError } from '../errors';

/** An Avro schema that data were written with, or that stands for Connect's schema of them. */
export interface DataSchema {
  /** Where it comes from a registry, verbatim. */
  readonly text: string;
  readonly schema: Schema;
  /** The registry's; a string of Glue's. */
  readonly id?: number | string;
  /** In its subject; absent where nobody numbers versions, or nobody has asked. */
  readonly version?: number;
  /** Walks one datum. */
  readonly skip: Skip;
}

/**
 * A key, a value, or a record's headers. From `start` to `end` stands one whole, checked Avro datum of the schema; without
 * a schema, one JSON value in UTF-8 (JsonConverter with `schemas.enable=false`).
 */
export interface Data {
  readonly schema: DataSchema | undefined;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The converter cannot go on before the registry was asked for this schema. */
export interface NeedsSchema {
  readonly needs: number | string;
}

/**
 * Connect's `Converter.toConnectData`, for bytes from `start` to `end`; never for null. An error is the record's fault, or
 * (`retryable`) the registry's.
 */
export type Converter = (bytes: Buffer, start: number, end: number) => Data | NeedsSchema | ConnectlessError;

/** The schemas that the process knows: why one cannot be had, or undefined when nobody has asked the registry yet. */
export type KnownSchemas = (id: number | string) => DataSchema | ConnectlessError | undefined;
