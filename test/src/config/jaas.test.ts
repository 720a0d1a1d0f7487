// The line of sasl.jaas.config.
import { describe, expect, test } from '@jest/globals';
import { parseJaas } from '../../../src/config/jaas';

describe('a JAAS line', () => {
  test.each([
    ['a.b.PlainLoginModule required username="u" password="p";', { username: 'u', password: 'p' }],
    ["a.ScramLoginModule  required  username='u'\n password=p ;", { username: 'u', password: 'p' }],
    ['a.M required password="p\\"q;=\\\\";', { password: 'p"q;=\\' }],
    ['a.M required;', {}],
  ])('%s is read', (line, options) => {
    expect(Object.fromEntries(parseJaas(line)?.options ?? [['none', '']])).toEqual(options);
  });

  test.each(['', 'a.M required', 'required username=u;', 'a.M required username="u;', 'a.M username=u;'])(
    '%j is refused',
    (line) => expect(parseJaas(line)).toBeUndefined(),
  );
});
