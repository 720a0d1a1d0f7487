// docs/configuration.md is what the definitions say.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { configurationPage } from '../../cli/configuration-page';

test('docs/configuration.md equals what the definitions generate: `npm run docs` writes it anew', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
});

test('no row is left with a mark of the generator', () => {
  expect(configurationPage()).not.toContain('{prefixes}');
});
