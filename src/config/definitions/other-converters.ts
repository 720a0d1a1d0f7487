// Properties of the converters beside Confluent's: Glue's, JSON, String.
import { accepted, type Definition, unsupported, used } from '../definition';
import { isRegion, text } from '../validators';

/** Java's names that every JVM knows (java.nio.charset.StandardCharsets), and what it calls the common ones beside. */
const ENCODINGS = ['UTF-8', 'US-ASCII', 'ISO-8859-1', 'UTF-16', 'UTF-16BE', 'UTF-16LE'];
const ALIASES = ['UTF8', 'ASCII', 'LATIN1', 'ISO8859_1'];

const encoding = text(ENCODINGS.join(' or '), (value) =>
  [...ENCODINGS, ...ALIASES].includes(value.toUpperCase())
    ? undefined
    : { what: 'is not supported (it is none of the charsets that every JVM knows)', write: 'write UTF-8' },
);

const region = text('a region of AWS', (value) =>
  isRegion(value) ? undefined : { what: 'is no region', write: 'write for example us-east-1' },
);

const endpoint = text('`http(s)://host:port`', (url) =>
  /^https?:\/\/[^\s/?#@]+\/?$/.test(url) ? undefined : { what: 'is no endpoint', write: 'write http(s)://host:port' },
);

const json: readonly Definition[] = [
  ...used([
    [
      'schemas.enable',
      'boolean',
      'true',
      'high',
      'Of the JsonConverter: every value is an envelope of `schema` and `payload`; false: plain JSON.',
    ],
  ]),
  ...accepted('Decimals are read in either form.', [
    ['decimal.format', 'string', 'BASE64', 'low', 'Of the JsonConverter: how it writes decimals.'],
  ]),
  ...unsupported('a null in a field with a default is always read as the default, as Connect does by default', [
    ['replace.null.with.default', 'boolean', 'true', 'low', 'Of the JsonConverter: reads the default for a null.'],
  ]),
  ...unsupported('the schema always stands in the envelope', [
    ['schema.content', 'string', '', 'low', 'Of the JsonConverter: one schema for all values.'],
  ]),
];

const string: readonly Definition[] = used([
  ['converter.encoding', 'string', 'UTF-8', 'medium', 'Of the StringConverter: the charset of the text.', encoding],
]);

const glue: readonly Definition[] = [
  ...used([
    [
      'region',
      'string',
      null,
      'medium',
      "Of the AWSKafkaAvroConverter: region of Glue's registry; without it, the function's.",
      region,
    ],
    ['endpoint', 'string', null, 'low', "Of the AWSKafkaAvroConverter: another endpoint of Glue's registry.", endpoint],
  ]),
  ...unsupported('there are no Java classes of records here', [
    ['avroRecordType', 'string', 'GENERIC_RECORD', 'low', 'Of the AWSKafkaAvroConverter: the class of what it reads.'],
  ]),
  ...unsupported("it would change what Glue's converter reads, and is not supported yet", [
    ['avroReaderSchema', 'string', null, 'low', 'Of the AWSKafkaAvroConverter: the schema to read with.'],
    ['secondaryDeserializer', 'class', null, 'low', 'Of the AWSKafkaAvroConverter: for values of another registry.'],
    ['proxyUrl', 'string', null, 'low', 'Of the AWSKafkaAvroConverter: a proxy before the registry.'],
    ['assumeRoleArn', 'string', null, 'low', 'Of the AWSKafkaAvroConverter: a role to take.'],
  ]),
  ...accepted('It is for who writes.', [
    ['schemaAutoRegistrationEnabled', 'boolean', 'false', 'low', 'Of the AWSKafkaAvroConverter: registers schemas.'],
    ['registry.name', 'string', 'default-registry', 'low', 'Of the AWSKafkaAvroConverter: where it registers them.'],
    ['schemaName', 'string', null, 'low', 'Of the AWSKafkaAvroConverter: under which name.'],
    ['schemaNameGenerationClass', 'class', null, 'low', 'Of the AWSKafkaAvroConverter: makes that name.'],
    ['compatibility', 'string', 'BACKWARD', 'low', 'Of the AWSKafkaAvroConverter: with which compatibility.'],
    ['description', 'string', null, 'low', 'Of the AWSKafkaAvroConverter: with which description.'],
    ['compression', 'string', 'NONE', 'low', 'Of the AWSKafkaAvroConverter: both forms are read.'],
    ['dataFormat', 'string', 'AVRO', 'low', 'Of the AWSKafkaAvroConverter: format of the schemas.'],
  ]),
  ...accepted('Schemas are cached for ever.', [
    ['timeToLiveMillis', 'long', '86400000', 'low', 'Of the AWSKafkaAvroConverter: how long a schema is cached.'],
    ['cacheSize', 'int', '200', 'low', 'Of the AWSKafkaAvroConverter: how many.'],
    ['userAgentApp', 'string', 'default', 'low', 'Of the AWSKafkaAvroConverter: its name in requests.'],
  ]),
];

export const otherConverters: readonly Definition[] = [...json, ...string, ...glue];
