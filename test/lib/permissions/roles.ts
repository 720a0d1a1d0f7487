// The roles of a deployment with the calls that are made with them, and what of both does not fit.

import { type Call, decide, type Policies } from './evaluator';
import { EXPLAINED, type Explained } from './explained';
import { grantsOf, nameOf, without } from './grants';
import { policiesOf } from './policies';
import type { Resolve } from './resolver';
import { serviceCalls } from './service-calls';
import type { Statement } from './statements';
import { resourcesOf, type Stacks } from './template';

export interface Role {
  /** Logical id. */
  readonly id: string;
  readonly policies: Policies;
  readonly calls: readonly Call[];
}

/** `calls`: those of functions, by the ARN of their role; AWS's own are added. */
export function rolesOf(stacks: Stacks, resolve: Resolve, calls: ReadonlyMap<string, readonly Call[]>): Role[] {
  const ofServices = serviceCalls({ stacks, resolve });
  return resourcesOf(stacks, 'AWS::IAM::Role').map((placed) => {
    const policies = policiesOf({ stacks, resolve }, placed);
    const own = calls.get(policies.role) ?? [];
    return { id: placed.id, policies, calls: [...own, ...ofServices.filter(({ role }) => role === policies.role)] };
  });
}

/** `role: action on resource` of each call that is not allowed, once. @param identity in place of the role's own policies */
export function denied({ id, policies, calls }: Role, identity = policies.identity): string[] {
  const refused = calls.filter((call) => !decide({ ...policies, identity }, call).allowed);
  return [...new Set(refused.map((call) => `${id}: ${nameOf(call)}`))];
}

/** `role: action on resource` of each right that no call needs; those that are explained apart. */
export function unused(roles: readonly Role[]): { unexplained: string[]; explained: ReadonlySet<Explained> } {
  const explained = new Set<Explained>();
  const unexplained = roles.flatMap((role) =>
    grantsOf(role.policies.identity)
      .filter((grant) => denied(role, without(role.policies.identity, grant)).length === 0)
      .map(nameOf)
      .filter((grant) => {
        const reason = EXPLAINED.find((one) => one.role.test(role.id) && one.grant.test(grant));
        if (reason !== undefined) explained.add(reason);
        return reason === undefined;
      })
      .map((grant) => `${role.id}: ${grant}`),
  );
  return { unexplained, explained };
}

/** Statements whose rights, taken away wherever they stand, nobody misses. */
export function spareStatements(role: Role): Statement[] {
  const { identity } = role.policies;
  return identity.filter((statement) => denied(role, grantsOf([statement]).reduce(without, identity)).length === 0);
}
