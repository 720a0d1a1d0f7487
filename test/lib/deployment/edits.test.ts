import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { edited, fromEnvironment, propertiesText } from '../../../lib/deployment/edits';
import { parseProperties } from '../../../src/config/properties';

const parse = (text: string) => parseProperties('f', Buffer.from(text, 'latin1'));

/** As it comes back from a file. */
const reread = (text: string) => {
  const { properties, faults } = parse(text);
  return { read: new Map(properties.map(({ key, value }) => [key, value])), faults };
};

describe('a properties file as text', () => {
  test('is read again as what was written, whatever the characters', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), texts)), (entries) => {
        const properties = new Map(entries);
        expect(reread(propertiesText(properties))).toEqual({ read: properties, faults: [] });
      }),
    );
  });

  test.each([
    ['a=b', 'c:d'],
    [' leading', ' leading'],
    ['#no.comment', '! none\n#either'],
    ['back\\slash', 'trailing\\'],
    ['umlaut-ä', '€ and 🙂'],
    ['jaas', 'Module required username="a" password="b\\"c";'],
    ['tab\t', '\t\f\r\n'],
  ])('keeps %j', (key, value) => {
    expect(reread(propertiesText(new Map([[key, value]])))).toEqual({ read: new Map([[key, value]]), faults: [] });
  });

  test('is ASCII, one property a line', () => {
    const text = propertiesText(
      new Map([
        ['ä', 'ö\nü'],
        ['b', ''],
      ]),
    );
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text.trimEnd().split('\n')).toHaveLength(2);
  });

  test('leaves references as they are', () => {
    expect(propertiesText(new Map([['a', fromEnvironment('NAME')]]))).toMatch(/NAME\}\n$/);
    expect(reread(propertiesText(new Map([['a', fromEnvironment('NAME')]]))).read.get('a')).toBe(`\${env:NAME}`);
  });
});

describe('an edited file', () => {
  const file = parse('a=1\nb=2\nc=3\n');

  test('keeps order, changes in place, takes out, and adds behind', () => {
    expect([...edited(file, { b: 'two', c: undefined, d: 'four' })]).toEqual([
      ['a', '1'],
      ['b', 'two'],
      ['d', 'four'],
    ]);
  });

  test('has what it had without edits', () => {
    expect([...edited(file, {})]).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
  });
});
