// Whose schemas a converter gets.
import { describe, expect, test } from '@jest/globals';
import type { ConverterConfig } from '../../../src/config/sink-model';
import type { Side } from '../../../src/convert/fault';
import { openSchemas } from '../../../src/registry/open-schemas';
import type { VersionedRegistry } from '../../../src/registry/registry';

function opened(converter: ConverterConfig, side: Side, versions: boolean) {
  const asked: string[] = [];
  const registry: VersionedRegistry = {
    register: async () => 1,
    schemaById: async (id) => {
      asked.push(`schema ${id}`);
      return '"int"';
    },
    versionOf: async (subject, id) => {
      asked.push(`version ${subject} ${id}`);
      return 4;
    },
  };
  const schemas = openSchemas({ converter, side, versions }, ({ url }) => {
    asked.push(`open ${url}`);
    return registry;
  });
  return { schemas, asked };
}

const avro: ConverterConfig = { kind: 'avro', registry: { url: 'http://registry' } };

describe('the schemas of a converter', () => {
  test('are the same for all topics, and without versions, when nobody compares them', async () => {
    const { schemas, asked } = opened(avro, 'value', false);
    expect(schemas('a')).toBe(schemas('b'));
    expect(await schemas('a').fetch(1)).not.toHaveProperty('version');
    expect(asked).toEqual(['open http://registry', 'schema 1']);
  });

  test.each([
    ['value', 'a-value'],
    ['key', 'a-key'],
  ] as const)('have the versions of the topic’s subject for a %s', async (side, subject) => {
    const { schemas, asked } = opened(avro, side, true);
    expect(await schemas('a').fetch(1)).toMatchObject({ version: 4 });
    expect(schemas('a').known(1)).toMatchObject({ version: 4 });
    expect(schemas('b').known(1)).toBeUndefined();
    expect(asked).toEqual(['open http://registry', 'schema 1', `version ${subject} 1`]);
  });

  test.each<ConverterConfig>([
    { kind: 'glue', region: 'nowhere' },
    { kind: 'json', schemas: true },
    { kind: 'string', encoding: 'UTF-8' },
    { kind: 'bytes' },
  ])('of $kind need no registry of Confluent’s', (converter) => {
    const { schemas, asked } = opened(converter, 'value', true);
    expect(schemas('a').known(1)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
