// References to config providers.
import { describe, expect, test } from '@jest/globals';
import { declaredProviders, envProvider, resolveReferences } from '../../../src/config/config-providers';
import { parseProperties } from '../../../src/config/properties';

const fileOf = (text: string) => parseProperties('w', Buffer.from(text));
const providers = {
  env: envProvider({ USER: 'me', PASSWORD: 'p:}$', EMPTY: '' }),
  file: (path: string, key: string) => ({ value: `<${path}|${key}>` }),
};
const resolve = (text: string) => {
  const file = fileOf(text);
  const { properties, faults } = resolveReferences(file, declaredProviders(file), providers);
  return { values: properties.map(({ value }) => value), written: properties.map(({ written }) => written), faults };
};

describe('a reference', () => {
  test.each([
    [`a=\${env:USER}`, 'me'],
    [
      `a=jdbc:postgresql://h/d?user=\${env:USER}&password=\${env:PASSWORD}`,
      'jdbc:postgresql://h/d?user=me&password=p:}$',
    ],
    [`a=\${env:EMPTY}`, ''],
    [`a=\${file:/run/secrets.properties:db.password}`, '</run/secrets.properties|db.password>'],
    [`a=\${topic} and $5`, `\${topic} and $5`],
  ])('%s is replaced', (text, value) => {
    const { values, written, faults } = resolve(text);
    expect(values).toEqual([value]);
    expect(written).toEqual([text.slice(2)]);
    expect(faults).toEqual([]);
  });

  test('may use a name that the worker declares', () => {
    const text = `config.providers=v\nconfig.providers.v.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider\na=\${v:USER}`;
    expect(resolve(text).values[2]).toBe('me');
  });

  test.each([
    [`a=1\nb=\${env:NOBODY}`, 'refers to the environment variable NOBODY, which is not set'],
    [`a=1\nb=\${vault:x}`, 'refers to a config provider "vault" that is not there'],
    [`a=1\nb=\${env:path:USER}`, 'gives the env provider a path, and it takes none'],
  ])('%j is a fault with its line', (text, what) => {
    expect(resolve(text).faults).toMatchObject([{ file: 'w', line: 2, property: 'b', what }]);
  });
});
