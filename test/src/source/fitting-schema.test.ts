import { describe, expect, test } from '@jest/globals';
import { builtInRegistry } from '../../../src/registry/built-in';
import { fittingSchema } from '../../../src/source/fitting-schema';
import type { Column } from '../../../src/source/record/column';
import { tableSchema } from '../../../src/source/record/table-schema';
import { memoryState } from '../../../src/state/memory';
import { sourceConfig } from '../../source-config';

const column = (name: string, nullable: boolean, type = 'int4'): Column => ({
  name,
  declared: type,
  type,
  isEnum: false,
  typmod: -1,
  nullable,
});
const schemaOf = (columns: readonly Column[]) => tableSchema({ schema: 'public', name: 't' }, columns, sourceConfig);
const id = column('id', false);

describe('fittingSchema', () => {
  const registered = async (...columns: Column[]) => {
    const registry = builtInRegistry(memoryState());
    await registry.register('t-value', schemaOf([id, ...columns]));
    return (...now: Column[]) => fittingSchema(registry, 't-value', [id, ...now], schemaOf);
  };

  test('is a new version where the registry takes it', async () => {
    const next = await registered(column('a', true));
    expect(await next(column('a', true), column('b', true))).toMatchObject({ id: 2 });
  });

  test('stays the one before when a column is NOT NULL now', async () => {
    const next = await registered(column('a', true));
    expect(await next(column('a', false))).toEqual({ id: 1, columns: [id, column('a', true)] });
    expect(await next(column('a', false), column('b', true))).toMatchObject({
      id: 2,
      columns: [id, column('a', true), column('b', true)],
    });
  });

  test('is refused for what does not fit, in the words for the columns as they are', async () => {
    const next = await registered(column('a', true));
    await expect(next(column('a', false, 'text'))).rejects.toThrow(/column "a" was int, nullable and is string now/);
    await expect(next(column('a', true), column('b', false))).rejects.toThrow(/column "b" is new and NOT NULL/);
  });
});
