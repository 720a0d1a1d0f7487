import { describe, expect, test } from '@jest/globals';
import { mayWrite, sourceTopics, writableTopics } from '../../../lib/deployment/source-topics';
import type { SourceConfig } from '../../../src/config/source-model';
import { type Properties, SOURCE, validate, WORKER } from '../../src/config/files';

function source(more: Properties): SourceConfig {
  const { config, faults } = validate(WORKER, { ...SOURCE, ...more });
  const [own] = config?.connectors ?? [];
  if (own?.kind !== 'source') throw new Error(JSON.stringify(faults));
  return own;
}

// In a file, a backslash is written twice.
const PATTERN = String.raw`public\\.archive_.*`;
const OWN = { 'connectless.table.prices.topic': 'own' };

describe('the topics of a source', () => {
  test.each<[string, Properties, made: string[], writable: string[]]>([
    ['every table', {}, [], ['in-*']],
    ['every table, one with a topic of its own', OWN, ['own'], ['in-*', 'own']],
    ['every table but some', { 'table.blacklist': 'secret' }, [], ['in-*']],
    ['tables that are named', { 'table.whitelist': 'a,s.b,d.s.c' }, ['in-a', 'in-b', 'in-c'], ['in-a', 'in-b', 'in-c']],
    ['a list with it', { ...OWN, 'table.whitelist': 'a,public.prices' }, ['in-a', 'own'], ['in-a', 'own']],
    [
      'a name in two schemas, the longer form first',
      { ...OWN, 'connectless.table.other.prices.topic': 'others', 'table.whitelist': 'public.prices,other.prices' },
      ['own', 'others'],
      ['own', 'others'],
    ],
    [
      'patterns that are names',
      { 'table.include.list': String.raw`public.a,public\\.b` },
      ['in-a', 'in-b'],
      ['in-a', 'in-b'],
    ],
    ['a pattern beside a name', { 'table.include.list': `public.a,${PATTERN}` }, ['in-a'], ['in-*']],
    ['a pattern that a name only looks like', { 'table.include.list': 'public.a?' }, [], ['in-*']],
    ['a query', { query: 'SELECT 1', mode: 'bulk' }, ['in-'], ['in-']],
  ])('of %s', (_, more, made, writable) => {
    const config = source(more);
    expect(sourceTopics(config)).toEqual(made);
    expect(writableTopics(config)).toEqual(writable);
  });

  test('are its own by name, or by its prefix where its file does not name them all', () => {
    expect([mayWrite(source({}), 'in-any'), mayWrite(source({}), 'out-any')]).toEqual([true, false]);
    const named = source({ 'table.whitelist': 'a' });
    expect([mayWrite(named, 'in-a'), mayWrite(named, 'in-b')]).toEqual([true, false]);
  });
});
