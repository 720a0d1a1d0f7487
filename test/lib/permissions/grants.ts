// What a role is allowed, cut into its smallest pieces: one action on one resource.
import type { Statement } from './statements';

export interface Grant {
  /** As the policy has it, wildcards included. */
  readonly action: string;
  readonly resource: string;
}

/** Each once. Throws for a statement that allows all but what it names: it cannot be cut. */
export function grantsOf(statements: readonly Statement[]): Grant[] {
  const grants = statements.filter(({ effect }) => effect === 'Allow').flatMap(piecesOf);
  return [...new Map(grants.map((grant) => [nameOf(grant), grant])).values()];
}

/** The statements without it, wherever it stands. */
export function without(statements: readonly Statement[], grant: Grant): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (statement.effect === 'Deny') return [statement];
    return piecesOf(statement)
      .filter((piece) => nameOf(piece) !== nameOf(grant))
      .map(({ action, resource }) => ({ ...statement, actions: only(action), resources: only(resource) }));
  });
}

/** One line. */
export function nameOf({ action, resource }: Grant): string {
  return `${action} on ${resource}`;
}

function piecesOf({ actions, resources, origin }: Statement): Grant[] {
  if (actions.not || resources.not) throw new Error(`${origin}: allows all but what it names`);
  return actions.patterns.flatMap((action) => resources.patterns.map((resource) => ({ action, resource })));
}

function only(pattern: string): Statement['actions'] {
  return { not: false, patterns: [pattern] };
}
