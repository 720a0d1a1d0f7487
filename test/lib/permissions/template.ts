// A CloudFormation template, as far as policies and networks are read from it.

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: JsonObject;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: Json; readonly Export?: { readonly Name: Json } }>>;
  /** With their defaults. */
  readonly Parameters?: Readonly<Record<string, { readonly Default?: Json }>>;
}

/** By the stacks' names; one may import what another exports. */
export type Stacks = ReadonlyMap<string, Template>;

/** A resource with its place. */
export interface Placed {
  readonly stack: string;
  readonly id: string;
  readonly resource: Resource;
}

export function resourcesOf(stacks: Stacks, ...types: readonly string[]): Placed[] {
  return [...stacks].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, resource]) => ({ stack, id, resource })),
  );
}

/** Throws when there is none, or several. */
export function resourceOf(stacks: Stacks, type: string): Placed {
  const [found, ...others] = resourcesOf(stacks, type);
  if (found === undefined || others.length > 0) throw new Error(`There is not one ${type}`);
  return found;
}

/** The stacks with one resource put in another one's place; undefined: without it. */
export function withResource(stacks: Stacks, { stack, id }: Placed, resource: Resource | undefined): Stacks {
  const template = stacks.get(stack);
  if (template === undefined) throw new Error(`There is no stack ${stack}`);
  const { [id]: _, ...others } = template.Resources;
  const Resources = resource === undefined ? others : { ...others, [id]: resource };
  return new Map([...stacks, [stack, { ...template, Resources }]]);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list as it is; one value as a list of it; nothing as an empty list. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Json];
}

export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw new Error(`Not a text: ${JSON.stringify(value)}`);
}

export function textsOf(value: Json | undefined): string[] {
  return listOf(value).map(textOf);
}

export function objectOf(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`Not an object: ${JSON.stringify(value)}`);
}
