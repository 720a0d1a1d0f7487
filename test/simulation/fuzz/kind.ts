// What is fuzzed: bytes in the form of one converter, and what its files must hold of those that are taken.
import type { ConverterConfig, FormatConfig } from '../../../src/config/sink-model';
import type { Random } from '../random';

export interface Original {
  readonly bytes: Buffer;
  /** Of them, what chooses the schema. */
  readonly header: number;
}

export interface Kind {
  readonly name: string;
  readonly converter: ConverterConfig;
  readonly format: FormatConfig;
  readonly tokens: readonly Buffer[];
  original(random: Random): Original;
  /**
   * What is wrong with a file that is to hold these values, in their order; undefined: nothing. It says so with readers that are not
   * the sink's.
   */
  fileFault(file: Buffer, values: readonly Buffer[]): string | undefined;
}

export const AVRO: FormatConfig = { kind: 'avro', codec: 'null', deflateLevel: 6 };
