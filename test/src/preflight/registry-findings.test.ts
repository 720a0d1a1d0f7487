import { describe, expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../src/errors';
import { registryFindings } from '../../../src/preflight/registry-findings';
import { builtInRegistry } from '../../../src/registry/built-in';
import { memoryState } from '../../../src/state/memory';

const record = (...fields: string[]) => `{"type":"record","name":"t","fields":[${fields.join(',')}]}`;
const ID = '{"name":"id","type":"int"}';

describe('a schema', () => {
  test.each<[string, string | undefined, string, string, RegExp]>([
    [
      'of a new subject is its first version',
      undefined,
      record(ID),
      'note SCHEMA_FIRST',
      /the first version of t-value\.$/,
    ],
    ['that is there is named', record(ID), record(ID), 'note SCHEMA_KNOWN', /version 1 of t-value\.$/],
    [
      'that fits is told with what changes',
      record(ID, '{"name":"a","type":"int"}'),
      record('{"name":"id","type":"long"}', '{"name":"b","type":["null","string"],"default":null}'),
      'note SCHEMA_NEW',
      /after 1: column "id" was int and becomes long; column "b" is new \(string, nullable\); column "a" is gone\.$/,
    ],
    [
      'that differs in what no reader sees says no more',
      record(ID),
      record(ID).replace('"t"', '"t","doc":"x"'),
      'note SCHEMA_NEW',
      /after 1\.$/,
    ],
    [
      'that does not fit is an error',
      record(ID),
      record(ID, '{"name":"b","type":"int"}'),
      'error SCHEMA_INCOMPATIBLE',
      /column "b" is new and NOT NULL/,
    ],
  ])('%s', async (_, before, after, expected, what) => {
    const state = memoryState();
    const registry = builtInRegistry(state);
    if (before !== undefined) await registry.register('t-value', before);
    const entries = await state.list('');
    const [finding, ...others] = await registryFindings(registry, 't-value', after);
    expect(others).toEqual([]);
    expect(`${finding?.severity} ${finding?.code}`).toBe(expected);
    expect(finding?.what).toMatch(what);
    expect(await state.list('')).toEqual(entries);
  });

  test('for which the registry cannot be asked is an error that says why', async () => {
    const registry = {
      wouldRegister: () => Promise.reject(new ConnectlessError('REGISTRY_UNAVAILABLE', 'It is away.')),
    };
    expect(await registryFindings(registry, 't-value', record(ID))).toEqual([
      { severity: 'error', code: 'REGISTRY_UNAVAILABLE', what: 'It is away.' },
    ]);
  });
});
