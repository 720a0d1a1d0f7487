import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arrayElements } from '../../../../src/source/record/array-text';

/** As array_out writes one dimension (PostgreSQL manual, 8.15.6): quotes where they are needed, and sometimes where not. */
function arrayText(elements: readonly (string | null)[], delimiter: string, quoteAll: boolean): string {
  const written = elements.map((element) => {
    if (element === null) return 'NULL';
    const needsQuotes =
      element === '' || /^null$/i.test(element) || /[\s{}"\\]/.test(element) || element.includes(delimiter);
    return quoteAll || needsQuotes ? `"${element.replace(/["\\]/g, '\\$&')}"` : element;
  });
  return `{${written.join(delimiter)}}`;
}

describe('the elements of an array', () => {
  test('are the texts that were written, null among them', () => {
    const element = fc.oneof(
      fc.constant(null),
      fc.string({ unit: fc.constantFrom('a', ',', ';', '{', '}', '"', '\\', ' ', 'é', '😀') }),
      fc.constantFrom('NULL', 'null', ''),
    );
    fc.assert(
      fc.property(fc.array(element), fc.constantFrom(',', ';'), fc.boolean(), (elements, delimiter, quoteAll) => {
        expect(arrayElements(arrayText(elements, delimiter, quoteAll), delimiter)).toEqual(elements);
      }),
    );
  });

  test.each([
    ['{}', []],
    ['{1,2,NULL}', ['1', '2', null]],
    ['{{1,2},{3,4}}', ['1', '2', '3', '4']],
    ['{{{a},{"{"}}}', ['a', '{']],
    ['[0:1]={1,2}', ['1', '2']],
    ['[-1:0][2:2]={{1},{NULL}}', ['1', null]],
    ['{"NULL",NULL}', ['NULL', null]],
  ])('of %s come row by row', (text, elements) => {
    expect(arrayElements(text, ',')).toEqual(elements);
  });
});
