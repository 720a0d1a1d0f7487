import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ConfigurationName, configurationNames } from '../synthesis/configurations';
import { SYNTHESIS_TIMEOUT_MS } from '../synthesis/synthesis';
import { decide } from './evaluator';
import { policiesOf } from './policies';
import { resolver } from './resolver';
import { type RoleCall, serviceCalls } from './service-calls';
import { synthesised } from './synthesised';
import { resourcesOf, type Stacks } from './template';

const all = new Map<string, Stacks>();
beforeAll(async () => {
  for (const name of configurationNames) all.set(name, await synthesised(name));
}, SYNTHESIS_TIMEOUT_MS);

function stacksOf(name: ConfigurationName): Stacks {
  return all.get(name) ?? new Map();
}

function deniedIn(stacks: Stacks): RoleCall[] {
  const resolve = resolver(stacks);
  const policies = resourcesOf(stacks, 'AWS::IAM::Role').map((role) => policiesOf({ stacks, resolve }, role));
  return serviceCalls({ stacks, resolve }).filter(({ role, ...call }) => {
    const own = policies.find((one) => one.role === role);
    return own === undefined || !decide(own, call).allowed;
  });
}

describe('the calls that AWS makes itself with the roles of a deployment', () => {
  test.each(configurationNames)('are all allowed: %s', (name) => {
    expect(deniedIn(stacksOf(name))).toEqual([]);
  });

  test('are those of functions, triggers, schedules and the CDK’s own functions', () => {
    const stacks = stacksOf('defaults');
    const calls = serviceCalls({ stacks, resolve: resolver(stacks) });
    const services = new Set(calls.map(({ action }) => action.replace(/:.*$/, '')));
    expect([...services].sort()).toEqual(['ec2', 'kafka', 'kafka-cluster', 'lambda', 'logs']);
  });
});
