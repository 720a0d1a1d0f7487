// Which converter a configuration names.
import type { ConverterConfig } from '../config/sink-model';
import { avroConverter } from './avro';
import type { Converter, KnownSchemas } from './data';
import type { Side } from './fault';
import { glueConverter } from './glue';
import { jsonEnvelopeConverter } from './json/envelope';
import { jsonTextConverter } from './json/text';
import { optionalBytes } from './optional';
import { stringConverter } from './string';

/**
 * Throws CONFIG_INVALID for a character encoding that is not known.
 * @param known asked by the converters of a registry alone
 * @param side for messages
 */
export function converterOf(config: ConverterConfig, known: KnownSchemas, side: Side): Converter {
  switch (config.kind) {
    case 'avro':
      return avroConverter(side, known);
    case 'glue':
      return glueConverter(side, known);
    case 'json':
      return config.schemas ? jsonEnvelopeConverter(side) : jsonTextConverter(side);
    case 'string':
      return stringConverter(side, config.encoding);
    case 'bytes':
      return (bytes, start, end) => optionalBytes(bytes.subarray(start, end));
  }
}
