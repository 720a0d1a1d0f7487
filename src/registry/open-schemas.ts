// The schemas that a sink's converter needs, by topic.
import type { RegistryConfig } from '../config/model';
import type { ConverterConfig } from '../config/sink-model';
import type { Side } from '../convert/fault';
import { keySubject, type VersionedRegistry, valueSubject } from './registry';
import { registryLookup, type SchemaSource, schemaSource } from './schema-source';

interface Asked {
  readonly converter: ConverterConfig;
  readonly side: Side;
  /** As `schema.compatibility` other than NONE compares them. They are counted in the topic's subject. */
  readonly versions: boolean;
}

/**
 * Answers at once; registries are opened and asked by the first `fetch`. Topics share a source, unless versions of Confluent's
 * registry are asked for.
 */
export function openSchemas(
  { converter, side, versions }: Asked,
  open: (registry: RegistryConfig) => VersionedRegistry,
): (topic: string) => SchemaSource {
  switch (converter.kind) {
    case 'avro': {
      const registry = open(converter.registry);
      if (versions) return byTopic((topic) => schemaSource(registryLookup(registry, subjectOf(side, topic))));
      const source = schemaSource(registryLookup(registry, undefined));
      return () => source;
    }
    case 'glue': {
      const source = schemaSource(async (id) => {
        const { glueLookup } = await import('./glue');
        return glueLookup(converter)(id);
      });
      return () => source;
    }
    default:
      return () => NONE;
  }
}

/** Of converters that ask for no schema. */
const NONE = schemaSource(async (id) => {
  throw new Error(`a converter without a registry asks for schema ${id}`);
});

function byTopic(make: (topic: string) => SchemaSource): (topic: string) => SchemaSource {
  const sources = new Map<string, SchemaSource>();
  return (topic) => {
    const source = sources.get(topic) ?? make(topic);
    sources.set(topic, source);
    return source;
  };
}

function subjectOf(side: Side, topic: string): string {
  return side === 'key' ? keySubject(topic) : valueSubject(topic);
}
