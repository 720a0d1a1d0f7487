// The format that a configuration asks for.
import type { FormatConfig } from '../../config/sink-model';
import type { FileFormat } from './format';

/** Loads the format and its libraries, and none of another. Throws a ConnectlessError UNSUPPORTED_CODEC. */
export async function formatOf(config: FormatConfig): Promise<FileFormat> {
  switch (config.kind) {
    case 'avro':
      return (await import('./avro')).avroFormat(config);
    case 'json':
      return (await import('./json')).jsonFormat(config);
    case 'bytes':
      return (await import('./bytes')).bytesFormat(config);
    case 'parquet':
      return (await import('./parquet')).parquetFormat(config);
  }
}
