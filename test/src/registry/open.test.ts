// Which registry a worker gets.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { builtInUrl, openRegistry } from '../../../src/registry/open';
import { serveRegistry } from '../../../src/registry/rest-server';
import { memoryState } from '../../../src/state/memory';
import { openState } from '../../../src/state/open';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'connectless-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('the registry of a worker', () => {
  test('is in its state when the converter names the same place', async () => {
    const state = memoryState();
    const url = 's3://bucket/state';
    await openRegistry({ valueRegistry: { url }, stateUrl: url }, state).register('a', '"int"');
    expect(await state.list('')).toEqual(['registry/0000000001']);
  });

  test('is at the place that the converter names, when that is another', async () => {
    const state = memoryState();
    const url = pathToFileURL(directory).href;
    await openRegistry({ valueRegistry: { url }, stateUrl: 's3://bucket/state' }, state).register('a', '"int"');
    expect(await state.list('')).toEqual([]);
    expect(await (await openState(url)).list('')).toEqual(['registry/0000000001']);
  });

  test('is asked over HTTP when the converter names an address', async () => {
    const served = memoryState();
    const server = await serveRegistry(served, '127.0.0.1', 0);
    try {
      const state = memoryState();
      const registry = openRegistry({ valueRegistry: { url: server.url }, stateUrl: 's3://bucket/state' }, state);
      expect(await registry.register('a', '"int"')).toBe(1);
      expect(await registry.schemaById(1)).toBe('"int"');
      expect(await registry.versionOf('a', 1)).toBe(1);
      expect(await registry.versionOf('b', 1)).toBeUndefined();
      expect(await registry.wouldRegister('a', '"string"')).toMatchObject({
        latest: { version: 1, schema: '"int"' },
        refused: { code: 'SCHEMA_INCOMPATIBLE' },
      });
      expect(await registry.wouldRegister('b', '"string"')).toEqual({});
      expect(await state.list('')).toEqual([]);
      expect(await served.list('')).toEqual(['registry/0000000001']);
    } finally {
      await server.close();
    }
  });

  test('connects to nothing before it is asked', () => {
    const registry = openRegistry({ valueRegistry: { url: 's3://a/b' }, stateUrl: 's3://c/d' }, memoryState());
    expect(Object.keys(registry).sort()).toEqual(['register', 'schemaById', 'versionOf', 'wouldRegister']);
  });
});

describe('the log of the built-in registry', () => {
  test.each([
    ['s3://bucket/registry', 's3://bucket/state', 's3://bucket/registry'],
    ['http://localhost:8081', 's3://bucket/state', 's3://bucket/state'],
    ['https://registry.example', 'file:///state', 'file:///state'],
  ])('of %s with the state at %s is at %s', (url, stateUrl, log) => {
    expect(builtInUrl({ valueRegistry: { url }, stateUrl })).toBe(log);
  });
});
