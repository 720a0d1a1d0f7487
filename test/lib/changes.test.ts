// What a change of the connector files changes on AWS, and what it leaves alone: two syntheses, side by side.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { SYNTHESIS_TIMEOUT_MS, type Synthesis, synthesis } from './synthesis/synthesis';
import { differences, exportsOf, importsOf, templateOf } from './synthesis/template';

let before: Synthesis;

beforeAll(async () => {
  before = await synthesis('defaults');
}, SYNTHESIS_TIMEOUT_MS);

const pipeline = (of: Synthesis) => templateOf(of, 'Pipeline');

describe.each([
  ['without-source', 'source', 'sourceconnectpostgresql'],
  ['without-processor', 'processor', 'processorprocessor'],
  ['without-sink', 'sink', 'sinks3sink'],
] as const)('%s', (variant, kind, prefix) => {
  test(`the ${kind}'s function goes with all that is its own, and nothing else but topics' resources and who asks sources`, async () => {
    const after = await synthesis(variant);
    const { gone, new: added } = differences(pipeline(before), pipeline(after));
    const topics = gone.filter((id) => pipeline(before).Resources[id]?.Type === 'Custom::KafkaTopic');
    expect(gone.filter((id) => id.startsWith(prefix)).length).toBeGreaterThan(5);
    const others = gone.filter((id) => !id.startsWith(prefix) && !topics.includes(id));
    expect(others.filter((id) => kind !== 'source' || !id.startsWith('Preflight'))).toEqual([]);
    expect(Object.keys(pipeline(after).Resources).filter((id) => id.startsWith(prefix))).toEqual([]);
    expect(added).toEqual([]);
  });

  test('cluster, database and buckets stay as they are', async () => {
    const stateful = /^AWS::(S3|RDS|MSK)::/;
    const after = await synthesis(variant);
    const { gone, changed } = differences(templateOf(before, 'Data'), templateOf(after, 'Data'));
    const touched = [...gone, ...changed].filter((id) =>
      stateful.test(templateOf(before, 'Data').Resources[id]?.Type ?? ''),
    );
    expect(touched).toEqual([]);
  });

  test.each(['Pipeline', 'Monitoring'] as const)(
    'the stacks below still export all that %s imports until it is deployed itself',
    async (stack) => {
      const after = await synthesis(variant);
      const exported = [...exportsOf(templateOf(after, 'Data')), ...exportsOf(pipeline(after))];
      expect(importsOf(templateOf(before, stack)).filter((name) => !exported.includes(name))).toEqual([]);
    },
  );
});

test.each(['Pipeline', 'Monitoring'] as const)(
  'when the last source leaves the Data API, the stacks below still export all that %s imports',
  async (stack) => {
    const [first, after] = [await synthesis('data-api'), await synthesis('data-api-left')];
    const exported = [...exportsOf(templateOf(after, 'Data')), ...exportsOf(pipeline(after))];
    expect(importsOf(templateOf(first, stack)).filter((name) => !exported.includes(name))).toEqual([]);
  },
);

test("flush.size changes the code of that sink's function, and nothing beside it", async () => {
  const after = await synthesis('other-flush-size');
  const { gone, changed, new: added } = differences(pipeline(before), pipeline(after));
  expect([gone, added]).toEqual([[], []]);
  const [id = ''] = changed;
  expect(changed).toHaveLength(1);
  const codeless = (of: Synthesis) => {
    const { Code, ...others } = pipeline(of).Resources[id]?.Properties ?? {};
    return others;
  };
  expect(codeless(after)).toEqual(codeless(before));
  expect(codeless(after)).toMatchObject({ FunctionName: 'connectless-s3-sink' });
  expect(differences(templateOf(before, 'Data'), templateOf(after, 'Data'))).toEqual({
    gone: [],
    changed: [],
    new: [],
  });
});

test('the database that a source names changes neither the cluster nor the instance: that would replace it', async () => {
  const after = await synthesis('other-database');
  const { gone, changed } = differences(templateOf(before, 'Data'), templateOf(after, 'Data'));
  expect([...gone, ...changed]).toEqual(['BootstrapStatementspostgres']);
});
