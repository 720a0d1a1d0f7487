// docs/configuration.md is what the definitions say.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { configurationPage } from '../../cli/configuration-page';
import { settingDefinitions } from '../../lib/deployment/setting-definitions';
import { workerDefinitions } from '../../src/config/definitions/worker';
import { connectorKinds } from '../../src/config/kinds';

test('docs/configuration.md equals what the definitions generate: `npm run docs` writes it anew', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
});

test('no row is left with a mark of the generator', () => {
  expect(configurationPage()).not.toContain('{prefixes}');
});

test('every setting of cdk.json is described', () => {
  const page = configurationPage();
  expect(settingDefinitions.map(({ name }) => name).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});

describe('names that begin with connectless. in the documentation', () => {
  const definitions = [workerDefinitions, settingDefinitions, ...connectorKinds.map((kind) => kind.definitions)].flat();
  const known = new Set(definitions.map(({ name }) => name));
  const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((name) => `docs/${name}`)];

  test.each(pages.filter((page) => page.endsWith('.md')))('are known: %s', (page) => {
    const named = readFileSync(page, 'utf8').match(/connectless\.[a-z][a-z0-9]*(\.[a-z0-9]+)+/g) ?? [];
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
