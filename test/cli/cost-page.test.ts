// docs/cost.md is what the cost model computes.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { costPage } from '../../cli/cost-page';

test('docs/cost.md equals what the cost model computes: `npm run docs` writes it anew', async () => {
  expect(readFileSync('docs/cost.md', 'utf8')).toBe(await costPage());
});
