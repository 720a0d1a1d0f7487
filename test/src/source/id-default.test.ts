import { expect, test } from '@jest/globals';
import { isDrawn } from '../../../src/source/id-default';

test.each([
  "nextval('t_id_seq'::regclass)",
  `nextval('shop."o''clock"'::regclass)`,
  "(nextval('s'::regclass))::integer",
  "(nextval('s'::regclass))::numeric",
])('%s gives the numbers of a sequence', (expression) => {
  expect(isDrawn(expression)).toBe(true);
});

test.each([
  "(nextval('s'::regclass) * 2)",
  "((1 << 20) | (nextval('s'::regclass) * 2))",
  "(nextval('a'::regclass) + nextval('b'::regclass))",
  "COALESCE(nextval('s'::regclass), '1'::bigint)",
  "nextval(('s'::text)::regclass)",
  "(nextval('s'::regclass))::text",
  '7',
  '',
])('%s does not', (expression) => {
  expect(isDrawn(expression)).toBe(false);
});
