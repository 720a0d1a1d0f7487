// The preflight as it is deployed: who is asked, when, and by whom.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { SYNTHESIS_TIMEOUT_MS, type Synthesis, synthesis } from '../synthesis/synthesis';
import { resourcesOf, templateOf } from '../synthesis/template';

let deployed: Synthesis;
let defaults: Synthesis;

beforeAll(async () => {
  deployed = await synthesis('data-api');
  defaults = await synthesis('defaults');
}, SYNTHESIS_TIMEOUT_MS);

const asked = (of: Synthesis) => [...resourcesOf(templateOf(of, 'Pipeline'), 'Custom::SourcePreflight')];

describe('the preflight of a deployment', () => {
  test('asks every source, after its own rights, its topics and its user are there', () => {
    const found = asked(deployed);
    expect(found.map(([id]) => id.replace(/Preflight.*/, '')).sort()).toEqual([
      'sourceorderssource',
      'sourcereportsource',
    ]);
    const after = found.flatMap(([, { DependsOn = [] }]) => DependsOn);
    for (const before of [
      /^DataApiUserStatementsshop/,
      /^topicshoporders/,
      /^sourceorderssourceSourceRoleDefaultPolicy/,
      /^sourceorderssourceToS3/,
    ]) {
      expect(after).toContainEqual(expect.stringMatching(before));
    }
  });

  test('asks no source of an RDS instance that is made, whose user is yet to be made by hand', async () => {
    expect(asked(await synthesis('rds'))).toEqual([]);
  });

  test('comes before the schedule: nothing is read of what it refuses', () => {
    for (const [id] of asked(deployed)) {
      const prefix = id.replace(/Preflight.*/, '');
      const schedules = [...resourcesOf(templateOf(deployed, 'Pipeline'), 'AWS::Scheduler::Schedule')];
      const own = schedules.find(([name]) => name.startsWith(prefix));
      expect(own?.[1].DependsOn).toContain(id);
    }
  });

  test("is another resource when the source's files are others, and the same one when they are not", async () => {
    const idsOf = async (name: 'other-database' | 'other-flush-size') => asked(await synthesis(name)).map(([id]) => id);
    const [id] = asked(defaults).map(([one]) => one);
    expect(await idsOf('other-flush-size')).toEqual([id]);
    expect(await idsOf('other-database')).not.toContain(id);
  });
});
