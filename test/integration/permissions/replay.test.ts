// Least privilege, replayed: what the deployed functions do on real servers is what their roles in the template may do, no less and no more.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Call, decide, type Policies } from '../../lib/permissions/evaluator';
import { grantsOf, nameOf, without } from '../../lib/permissions/grants';
import { policiesOf } from '../../lib/permissions/policies';
import { serviceCalls } from '../../lib/permissions/service-calls';
import { resourcesOf } from '../../lib/permissions/template';
import { SYNTHESIS_TIMEOUT_MS } from '../../lib/synthesis/synthesis';
import { EXPLAINED } from './explained';
import { openStage, type Stage } from './stage';
import { tellStory } from './story';

interface Role {
  /** Logical id. */
  readonly id: string;
  readonly policies: Policies;
  readonly calls: readonly Call[];
}

let stage: Stage;
let roles: readonly Role[];

beforeAll(async () => {
  stage = await openStage();
  await tellStory(stage);
  roles = rolesOf(stage);
}, SYNTHESIS_TIMEOUT_MS);

afterAll(() => stage?.close());

jest.setTimeout(30_000);

function rolesOf({ stacks, resolve, calls }: Stage): Role[] {
  const ofServices = serviceCalls({ stacks, resolve });
  const recorded = calls();
  return resourcesOf(stacks, 'AWS::IAM::Role').map((placed) => {
    const policies = policiesOf({ stacks, resolve }, placed);
    const own = recorded.get(policies.role) ?? [];
    return { id: placed.id, policies, calls: [...own, ...ofServices.filter(({ role }) => role === policies.role)] };
  });
}

/** `action on resource` of each call that is not allowed, once. */
function denied({ policies, calls }: Role, identity = policies.identity): string[] {
  return [...new Set(calls.filter((call) => !decide({ ...policies, identity }, call).allowed).map(nameOf))];
}

describe('what the functions do, and AWS with their roles', () => {
  test('is recorded for every function', () => {
    const silent = [...stage.calls()].filter(([, calls]) => calls.length === 0);
    expect(silent).toEqual([]);
    expect(stage.calls().size).toBe(6);
  });

  test('is allowed, call by call', () => {
    expect(roles.flatMap((role) => denied(role).map((call) => `${role.id}: ${call}`))).toEqual([]);
  });

  test('is denied to each other’s roles', () => {
    const [source, sink] = ['source', 'sink'].map((kind) => roleOf(kind as 'source' | 'sink'));
    if (source === undefined || sink === undefined) throw new Error('no roles');
    expect(denied({ ...source, calls: sink.calls }).length).toBeGreaterThan(5);
    expect(denied({ ...sink, calls: source.calls }).length).toBeGreaterThan(5);
  });
});

describe('what the roles may', () => {
  test('is used by some call, right by right, or explained', () => {
    const unused = roles.flatMap((role) =>
      grantsOf(role.policies.identity)
        .filter((grant) => denied(role, without(role.policies.identity, grant)).length === 0)
        .map((grant) => ({ role: role.id, grant: nameOf(grant) })),
    );
    const explains = ({ role, grant }: (typeof unused)[number]) =>
      EXPLAINED.find((one) => one.role.test(role) && one.grant.test(grant));
    expect(unused.filter((one) => explains(one) === undefined)).toEqual([]);
    expect(new Set(unused.map(explains))).toEqual(new Set(EXPLAINED));
  });

  test('is missed statement by statement: without the rights of any of them, a call is denied', () => {
    const spare = roles.flatMap((role) =>
      role.policies.identity
        .filter((statement) => denied(role, grantsOf([statement]).reduce(without, role.policies.identity)).length === 0)
        .map(({ origin }) => `${role.id}: ${origin}`),
    );
    expect(spare).toEqual([]);
  });
});

function roleOf(kind: 'source' | 'sink'): Role | undefined {
  return roles.find(({ policies }) => policies.role === stage.deployed(kind).role);
}
