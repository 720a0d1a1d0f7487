import { describe, expect, test } from '@jest/globals';
import { functionNameOf, nameFaults } from '../../../lib/deployment/function-name';
import type { ConnectorConfig } from '../../../src/config/pipeline-model';
import { faultLine } from '../../../src/config/report';
import { type Properties, SINK, validate, WORKER } from '../../src/config/files';

function sinks(...names: readonly Properties[]): readonly ConnectorConfig[] {
  const files = names.map((own, index) => ({ ...SINK, 'topics.dir': `d${index}`, ...own }));
  const { config, faults } = validate(WORKER, ...files);
  if (config === undefined) throw new Error(JSON.stringify(faults));
  return config.connectors;
}

const nameOf = (own: Properties) => sinks(own).map((sink) => functionNameOf(sink, 'shop'));
const faultsOf = (...own: readonly Properties[]) =>
  nameFaults(sinks(...own), 'shop', ({ name }) => `${name}.properties`).map(faultLine);

describe('the name of a function', () => {
  test("is the pipeline's and the connector's, a dot as a dash", () => {
    expect(nameOf({ name: 's3.sink_1-a' })).toEqual(['shop-s3-sink_1-a']);
  });

  test('is what the file says', () => {
    expect(nameOf({ 'connectless.function.name': 'my-function' })).toEqual(['my-function']);
  });
});

describe('a fault is', () => {
  test('a name that is too long for AWS, and no shorter one', () => {
    const name = 'n'.repeat(60);
    expect(faultsOf({ name: name.slice(1) })).toEqual([]);
    expect(faultsOf({ name })).toEqual([
      `${name}.properties: name: gives its function a name of 65 characters, and AWS takes 64; add connectless.function.name with a shorter one`,
    ]);
  });

  test('the name of another connector', () => {
    expect(faultsOf({ name: 'a.b' }, { name: 'a-b' })).toEqual([
      'a-b.properties: name: gives its function the name shop-a-b, which another one has; add connectless.function.name with another one',
    ]);
    expect(
      faultsOf({ name: 'a', 'connectless.function.name': 'f' }, { name: 'b', 'connectless.function.name': 'f' }),
    ).toEqual([
      'b.properties: connectless.function.name: gives its function the name f, which another one has; add connectless.function.name with another one',
    ]);
  });

  test.each(['registry', 'topics', 'bootstrap'])("the name of the deployment's own function %s", (name) => {
    expect(faultsOf({ name })).toHaveLength(1);
    expect(faultsOf({ name, 'connectless.function.name': 'another' })).toEqual([]);
  });
});
