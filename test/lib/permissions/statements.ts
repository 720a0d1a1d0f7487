// The statements of a policy document, read with its references resolved.
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf, textsOf } from './template';

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Patterns {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export interface Statement {
  /** Where it stands, for messages. */
  readonly origin: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** Operator → key → values. */
  readonly conditions: ReadonlyArray<readonly [operator: string, key: string, values: readonly string[]]>;
  /** Of a resource's policy: `*`, or ARNs of principals. */
  readonly principals?: readonly string[];
}

/** `document` is resolved. Throws for elements that it does not know. */
export function statementsOf(document: Json | undefined, origin: string): Statement[] {
  return listOf(objectOf(document).Statement).map((statement, index) =>
    statementOf(objectOf(statement), origin, index),
  );
}

function statementOf(statement: JsonObject, origin: string, index: number): Statement {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition, Principal, ...others } = statement;
  const name = `${origin} ${Sid === undefined ? `#${index + 1}` : textOf(Sid)}`;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Error(`${name}: ${unknown} is not known`);
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new Error(`${name}: Effect is ${JSON.stringify(Effect)}`);
  return {
    origin: name,
    effect: Effect,
    actions: patternsOf(Action, NotAction, name),
    resources: patternsOf(Resource, NotResource, name),
    conditions: conditionsOf(Condition),
    ...(Principal === undefined ? {} : { principals: principalsOf(Principal) }),
  };
}

function patternsOf(positive: Json | undefined, negative: Json | undefined, name: string): Patterns {
  if ((positive === undefined) === (negative === undefined))
    throw new Error(`${name}: says neither what, or both ways`);
  const patterns = textsOf(positive ?? negative);
  if (patterns.some((pattern) => pattern.includes('${'))) throw new Error(`${name}: has a policy variable`);
  return { not: negative !== undefined, patterns };
}

function conditionsOf(condition: Json | undefined): Statement['conditions'] {
  return Object.entries(isObject(condition) ? condition : {}).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys)).map(([key, values]) => [operator, key, listOf(values).map(String)] as const),
  );
}

/** Services' principals are none that a role can be. */
function principalsOf(principal: Json): string[] {
  if (principal === '*') return ['*'];
  return textsOf(objectOf(principal).AWS);
}
