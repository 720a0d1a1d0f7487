// Properties of Confluent's AvroConverter: where the registry is, and what a writer or a reader may set.
import { accepted, type Definition, type Row, unsupported, used } from '../definition';
import { all, isPlaceholder, notEmpty, supported, text } from '../validators';

const registryUrl = all(
  notEmpty,
  text('`http(s)://…`, `s3://bucket/prefix`, `file:///directory`, or `<placeholder>`', (url) => {
    if (isPlaceholder(url) || /^https?:\/\/[^\s/?#]+|^s3:\/\/[^/\s]+|^file:\/\/\/./.test(url)) return undefined;
    const write = 'write http(s)://host:port, or s3://bucket/prefix or file:///directory for the built-in registry';
    return { what: 'is no address of a registry', write };
  }),
  {
    valid: 'one only',
    check: (value) =>
      Array.isArray(value) && value.length > 1
        ? { what: 'names several registries, which is not supported yet', write: 'name one' }
        : undefined,
  },
);

const TOPIC_NAME_STRATEGY = 'io.confluent.kafka.serializers.subject.TopicNameStrategy';
const credentialsSource = supported(['URL', 'USER_INFO'], ['SASL_INHERIT'], 'URL and USER_INFO are');

const registry: readonly Definition[] = [
  ...used([
    [
      'schema.registry.url',
      'list',
      null,
      'high',
      'The registry: a Confluent-compatible one, or the built-in one.',
      registryUrl,
    ],
    ['basic.auth.credentials.source', 'string', 'URL', 'medium', 'Where user and password stand.', credentialsSource],
    ['basic.auth.user.info', 'password', null, 'medium', '`user:password`, with `USER_INFO`.'],
    ['schema.registry.basic.auth.user.info', 'password', null, 'medium', 'The same under its older name.'],
  ]),
  ...unsupported('the subject of a topic is topic-value', [
    ['key.subject.name.strategy', 'class', TOPIC_NAME_STRATEGY, 'medium', 'Names the subject of keys.'],
    ['value.subject.name.strategy', 'class', TOPIC_NAME_STRATEGY, 'medium', 'Names the subject of values.'],
  ]),
  ...unsupported('a token in place of user and password is not supported yet', [
    ['bearer.auth.*', 'password', null, 'medium', 'OAuth towards the registry.'],
    ['schema.registry.ssl.*', 'password', null, 'medium', 'TLS towards the registry.'],
    ['request.header.*', 'password', null, 'low', 'Headers for the registry.'],
    ['proxy.*', 'string', null, 'low', 'Proxy before the registry.'],
  ]),
  ...accepted('Values are passed on as they were written, so nothing is converted.', [
    ['enhanced.avro.schema.support', 'boolean', 'false', 'medium', 'Keeps enums and namespaces.'],
    ['flatten.unions', 'boolean', 'true', 'low', 'Flattens unions of one type.'],
    ['ignore.default.for.nullables', 'boolean', 'false', 'low', 'Reads null where a default stands.'],
    ['discard.type.doc.default', 'boolean', 'false', 'low', 'Drops documentation of types.'],
    ['avro.*', 'boolean', null, 'low', 'Details of the reader.'],
    ['schema.reflection', 'boolean', 'false', 'low', 'Schemas from Java classes.'],
  ]),
  ...accepted('Ids are cached for ever, subjects briefly.', [
    ['schemas.cache.config', 'int', '1000', 'low', 'Schemas in the cache.'],
    ['schemas.cache.size', 'int', '1000', 'low', 'Schemas in the cache.'],
    ['max.schemas.per.subject', 'int', '1000', 'low', 'Schemas of a subject in the cache.'],
    ['latest.cache.*', 'int', null, 'low', 'Cache of newest versions.'],
    ['http.*', 'int', null, 'low', 'Time-outs towards the registry.'],
  ]),
];

const registering: readonly Row[] = [
  ['auto.register.schemas', 'boolean', 'true', 'medium', 'Registers new schemas.'],
  ['use.latest.version', 'boolean', 'false', 'low', 'Writes with the newest registered schema.'],
  ['use.schema.id', 'int', '-1', 'low', 'Writes with a given schema.'],
  ['id.compatibility.strict', 'boolean', 'true', 'low', 'Compares with the given schema.'],
  ['latest.compatibility.strict', 'boolean', 'true', 'low', 'Compares with the newest schema.'],
];

const writtenSchema: readonly Row[] = [
  ['connect.meta.data', 'boolean', 'true', 'low', "Keeps Connect's properties in the schema."],
  ['normalize.schemas', 'boolean', 'false', 'medium', 'Normalises a schema before it is registered.'],
  ['scrub.invalid.names', 'boolean', 'false', 'medium', 'Replaces characters that Avro does not allow.'],
  ['generalized.sum.type.support', 'boolean', 'false', 'medium', 'Unions as in JSON Schema.'],
  ['allow.optional.map.keys', 'boolean', 'false', 'low', 'Allows null as the key of a map.'],
];

/** Of who writes values, too. */
export const avroWriter: readonly Definition[] = [
  ...registry,
  ...unsupported('schemas are always registered by the source', registering),
  ...unsupported('the schema is written as Connect writes it by default', writtenSchema),
];

/** Of who only reads. */
export const avroReader: readonly Definition[] = [
  ...registry,
  ...accepted('A sink registers no schema.', registering),
  ...accepted('A sink keeps the schema that a value was written with.', writtenSchema),
];
