// Least privilege, replayed: what the deployed functions do on real servers is what their roles in the template may do, no less and no more.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { configuredCalls } from '../../lib/permissions/configured-functions';
import { EXPLAINED } from '../../lib/permissions/explained';
import { denied, type Role, rolesOf, spareStatements, unused } from '../../lib/permissions/roles';
import { configurations } from '../../lib/synthesis/configurations';
import { SYNTHESIS_TIMEOUT_MS } from '../../lib/synthesis/synthesis';
import { openStage, type Stage } from './stage';
import { tellStory } from './story';

let stage: Stage;
let roles: readonly Role[];

beforeAll(async () => {
  stage = await openStage();
  await tellStory(stage);
  roles = rolesOf(stage.stacks, stage.resolve, stage.calls());
}, SYNTHESIS_TIMEOUT_MS);

afterAll(() => stage?.close());

jest.setTimeout(30_000);

describe('what the functions do, and AWS with their roles', () => {
  test('is recorded for every function', () => {
    const silent = [...stage.calls()].filter(([, calls]) => calls.length === 0);
    expect(silent).toEqual([]);
    expect(stage.calls().size).toBe(7);
  });

  test('is what their configuration makes expect', async () => {
    const expected = await configuredCalls(stage.made, stage.resolve, configurations.defaults);
    const actions = (some: readonly Role[]) =>
      some.map(({ id, calls }) => [id, [...new Set(calls.map(({ action }) => action))].sort()]);
    expect(actions(roles)).toEqual(actions(rolesOf(stage.stacks, stage.resolve, expected)));
  });

  test('is allowed, call by call', () => {
    expect(roles.flatMap((role) => denied(role))).toEqual([]);
  });

  test('is denied to each other’s roles', () => {
    const [source, sink] = [roleOf('source'), roleOf('sink')];
    expect(denied({ ...source, calls: sink.calls }).length).toBeGreaterThan(5);
    expect(denied({ ...sink, calls: source.calls }).length).toBeGreaterThan(5);
  });
});

describe('what the roles may', () => {
  test('is used by some call, right by right, or explained', () => {
    const { unexplained, explained } = unused(roles);
    expect(unexplained).toEqual([]);
    expect(explained).toEqual(new Set(EXPLAINED));
  });

  test('is missed statement by statement: without the rights of any of them, a call is denied', () => {
    expect(roles.flatMap(spareStatements)).toEqual([]);
  });
});

function roleOf(kind: 'source' | 'sink'): Role {
  const found = roles.find(({ policies }) => policies.role === stage.deployed(kind).role);
  if (found === undefined) throw new Error(`The ${kind} has no role`);
  return found;
}
