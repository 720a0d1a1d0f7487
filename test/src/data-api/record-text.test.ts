import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recordValues } from '../../../src/data-api/record-text';

test.each([
  ['(1)', ['1']],
  ['()', [null]],
  ['(,)', [null, null]],
  ['("")', ['']],
  ['(1,"two words",,"",)', ['1', 'two words', null, '', null]],
  ['(a,"b",c)', ['a', 'b', 'c']],
  ['("a""b","c\\\\d")', ['a"b', 'c\\d']],
  ['("""","\\\\")', ['"', '\\']],
  ['("(1,""x y"")",2)', ['(1,"x y")', '2']],
  ['("a,b","(c)")', ['a,b', '(c)']],
  ['("\n\t",x)', ['\n\t', 'x']],
])('%j is %j', (text, values) => {
  expect(recordValues(text)).toEqual(values);
});

/** record_out of Postgres's rowtypes.c, in words: quoted when empty or with one of these in it, quotes and backslashes doubled. */
const written = (values: readonly (string | null)[]) =>
  `(${values
    .map((value) => {
      if (value === null) return '';
      return value === '' || /["\\(),\s]/.test(value) ? `"${value.replace(/["\\]/g, '$&$&')}"` : value;
    })
    .join(',')})`;

test('values come back as they were written', () => {
  const hard = fc.string({ unit: fc.constantFrom('"', '\\', ',', '(', ')', ' ', '\n', 'a', 'é', '😀') });
  const value = fc.option(fc.oneof(hard, fc.string({ unit: 'binary' })), { nil: null });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      expect(recordValues(written(values))).toEqual(values);
    }),
  );
});
