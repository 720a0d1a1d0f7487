// The schemas that a batch's records name in their wire headers.
import type { ConverterConfig } from '../config/sink-model';
import { converterOf } from '../convert/converter-of';
import type { Side } from '../convert/fault';
import type { SinkRecord } from './record';

/** Base64 of the longest header, Glue's 18 bytes. */
const HEADER_LENGTH = 24;

/**
 * Ids, each once, in the order of the records. A converter that knows no schema says which one it needs before it looks behind
 * the header.
 */
export function namedSchemas(
  records: readonly SinkRecord[],
  side: Side,
  config: ConverterConfig,
): ReadonlySet<number | string> {
  const convert = converterOf(config, () => undefined, side);
  const ids = new Set<number | string>();
  for (const { [side]: content } of records) {
    const header = Buffer.from((content ?? '').slice(0, HEADER_LENGTH), 'base64');
    const data = convert(header, 0, header.length);
    if ('needs' in data) ids.add(data.needs);
  }
  return ids;
}
