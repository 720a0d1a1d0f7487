// What a sink's files are made of: rules across formats and what they hold, and what the properties say.
import type { Values } from './check';
import { converterOf, type Side } from './converters';
import { AVRO_CODECS, FORMATS, PARQUET_CODECS } from './definitions/sink-format';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';
import { placeOf, type Rule, textOf } from './rule';
import type { FormatConfig, SinkConfig } from './sink-model';

const CLASSES = { value: 'format.class', keys: 'keys.format.class', headers: 'headers.format.class' } as const;
const STORED = { keys: 'store.kafka.keys', headers: 'store.kafka.headers' } as const;
export const GZIP = 's3.compression.type';

export type Part = keyof typeof CLASSES;
export type Kind = FormatConfig['kind'];

/** What is stored: values, and keys and headers where they are asked for. */
export function partsOf(values: Values): readonly Part[] {
  const stored = (part: 'keys' | 'headers') => values.find(STORED[part]) === true;
  return ['value', ...(['keys', 'headers'] as const).filter(stored)];
}

/** Undefined: the file names no format that there is. */
export function formatOf(values: Values, part: Part): Kind | undefined {
  const name = textOf(values, CLASSES[part]);
  return (Object.keys(FORMATS) as Kind[]).find((kind) => FORMATS[kind] === name);
}

const shortName = (kind: Kind) => FORMATS[kind].replace(/^.*\./, '');

/** Confluent's own rule. */
const gzipHasAFormat: Rule = (file, values) => {
  if (textOf(values, GZIP) !== 'gzip') return [];
  const bad = partsOf(values).filter((part) => ['avro', 'parquet'].includes(formatOf(values, part) ?? ''));
  return bad.map((part) => {
    const kind = formatOf(values, part) === 'parquet' ? 'parquet' : 'avro';
    const what = `is for JSON and ByteArray files, and ${CLASSES[part]} is the ${shortName(kind)}`;
    return {
      ...placeOf(file, GZIP),
      what,
      write: `delete the line, and write ${kind}.codec, or another ${CLASSES[part]}`,
    };
  });
};

/** Rules of a format and the converter of what it holds. */
const formatsFitConverters: Rule = (file, values, worker) => {
  const sides: readonly (readonly [Part, Side])[] = [
    ['value', 'value'],
    ['keys', 'key'],
  ];
  return sides
    .filter(([part]) => partsOf(values).includes(part))
    .flatMap(([part, side]) => misfit(file, part, formatOf(values, part), converterOf(side, values, worker), side));
};

function misfit(
  file: PropertiesFile,
  part: Part,
  format: Kind | undefined,
  converter: ReturnType<typeof converterOf>,
  side: Side,
): Fault[] {
  if (format === undefined || converter === undefined) return [];
  const place = placeOf(file, CLASSES[part]);
  if (format === 'bytes' && converter.kind !== 'bytes') {
    const what = `holds bytes as they are, and ${side}.converter does not give bytes: it is ${converter.name}`;
    const write = `write ${side}.converter=org.apache.kafka.connect.converters.ByteArrayConverter, or another format`;
    return [{ ...place, what, write }];
  }
  if ((format === 'avro' || format === 'parquet') && converter.kind === 'json' && !converter.schemas) {
    const what = `needs a schema, and ${side}.converter.schemas.enable=false gives none`;
    return [
      {
        ...place,
        what,
        write: `write ${side}.converter.schemas.enable=true for values in envelopes, or ${FORMATS.json}`,
      },
    ];
  }
  return [];
}

/** Connect's `Schema version required`, said before the first record. */
const compatibilityHasVersions: Rule = (file, values, worker) => {
  const mode = textOf(values, 'schema.compatibility');
  const converter = converterOf('value', values, worker);
  if (mode === undefined || mode === 'NONE' || converter === undefined) return [];
  const versionless = ['string', 'bytes'].includes(converter.kind) || (converter.kind === 'json' && !converter.schemas);
  if (!versionless) return [];
  const what = `is ${mode}, which compares versions of schemas, and ${converter.name} gives none`;
  return [{ ...placeOf(file, 'schema.compatibility'), what, write: 'write NONE, or delete the line' }];
};

/** Confluent's own rule: there is nothing but the key of a null value. */
const writtenNullsHaveKeys: Rule = (file, values) => {
  if (textOf(values, 'behavior.on.null.values')?.toLowerCase() !== 'write' || values.find(STORED.keys) === true)
    return [];
  const what = 'is write, which stores the keys of null values, and keys are not stored';
  return [{ ...placeOf(file, 'behavior.on.null.values'), what, write: `add ${STORED.keys}=true` }];
};

export const formatRules: readonly Rule[] = [
  gzipHasAFormat,
  formatsFitConverters,
  compatibilityHasVersions,
  writtenNullsHaveKeys,
];

/** Of a file without faults. */
export function buildFormats(values: Values): SinkConfig['formats'] {
  const parts = partsOf(values);
  return {
    value: buildFormat(values, 'value'),
    ...(parts.includes('keys') ? { keys: buildFormat(values, 'keys') } : {}),
    ...(parts.includes('headers') ? { headers: buildFormat(values, 'headers') } : {}),
  };
}

function buildFormat(values: Values, part: Part): FormatConfig {
  const gzip = values.text(GZIP) === 'gzip' ? { gzipLevel: values.number('s3.compression.level') } : {};
  switch (formatOf(values, part)) {
    case 'json':
      return { kind: 'json', ...gzip, decimals: isNumeric(values) ? 'NUMERIC' : 'BASE64' };
    case 'bytes':
      return {
        kind: 'bytes',
        ...gzip,
        extension: values.text('format.bytearray.extension'),
        separator: textOf(values, 'format.bytearray.separator') ?? '\n',
      };
    case 'parquet':
      return { kind: 'parquet', codec: among(PARQUET_CODECS, values.text('parquet.codec')) };
    default:
      return {
        kind: 'avro',
        codec: among(AVRO_CODECS, values.text('avro.codec')),
        deflateLevel: values.number('connectless.avro.deflate.level'),
      };
  }
}

function isNumeric(values: Values): boolean {
  return values.text('json.decimal.format').toUpperCase() === 'NUMERIC';
}

function among<Name extends string>(names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text);
  if (found === undefined) throw new TypeError(`${text} is none of ${names.join(', ')}`);
  return found;
}
