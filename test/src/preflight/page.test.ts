// docs/preflight.md, held to the findings.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOM = 'src/preflight';

test('the page explains each code', () => {
  const texts = readdirSync(ROOM).map((file) => readFileSync(join(ROOM, file), 'utf8'));
  const codes = new Set(texts.flatMap((text) => text.match(/(?<=')[A-Z0-9]+(_[A-Z0-9]+)+(?=')/g) ?? []));
  const page = readFileSync('docs/preflight.md', 'utf8');
  expect(codes.size).toBeGreaterThan(25);
  expect([...codes].filter((code) => !page.includes(`\`${code}\``) && code !== 'POSTGRES_FORBIDDEN')).toEqual([]);
});
