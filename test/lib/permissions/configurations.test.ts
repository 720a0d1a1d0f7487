// Least privilege of every deployment: what a function's own files make it do is what its role may do, no less and no more.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ConfigurationName, configurationNames, configurations } from '../synthesis/configurations';
import { SYNTHESIS_TIMEOUT_MS, synthesis } from '../synthesis/synthesis';
import { configuredCalls } from './configured-functions';
import { resolver } from './resolver';
import { denied, type Role, rolesOf, spareStatements, unused } from './roles';
import { stacksOf } from './synthesised';

const all = new Map<string, readonly Role[]>();
beforeAll(async () => {
  for (const name of configurationNames) all.set(name, await rolesIn(name));
}, SYNTHESIS_TIMEOUT_MS);

async function rolesIn(name: ConfigurationName): Promise<readonly Role[]> {
  const made = await synthesis(name);
  const resolve = resolver(stacksOf(made));
  return rolesOf(stacksOf(made), resolve, await configuredCalls(made, resolve, configurations[name]));
}

describe.each(configurationNames)('the roles of %s', (name) => {
  const roles = () => all.get(name) ?? [];

  test('may do all that is done with them', () => {
    expect(roles().flatMap((role) => denied(role))).toEqual([]);
    expect(roles().length).toBeGreaterThan(4);
  });

  test('may do nothing else, but for what is explained', () => {
    expect(unused(roles()).unexplained).toEqual([]);
    expect(roles().flatMap(spareStatements)).toEqual([]);
  });
});
