// Looks into a stack's template: resources by type, what it imports and exports, and policies.
import type { Resource, StackName, StackTemplate, Synthesis } from './synthesis';

export function templateOf({ templates }: Synthesis, stack: StackName): StackTemplate {
  const template = templates[stack];
  if (template === undefined) throw new Error(`there is no stack ${stack}`);
  return template;
}

/** By logical id. */
export function resourcesOf(template: StackTemplate, type: string): ReadonlyMap<string, Resource> {
  return new Map(Object.entries(template.Resources).filter(([, { Type }]) => Type === type));
}

/** The properties of the only resource of a type. */
export function onlyOne(template: StackTemplate, type: string): Resource {
  const [first, ...others] = resourcesOf(template, type).values();
  if (first === undefined || others.length > 0) throw new Error(`there is not exactly one ${type}`);
  return first;
}

/** Names of the exports that a template takes from others. */
export function importsOf(template: StackTemplate): readonly string[] {
  const found = [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)];
  return [...new Set(found.map(([, name = '']) => name))].sort();
}

export function exportsOf({ Outputs = {} }: StackTemplate): readonly string[] {
  return Object.values(Outputs).flatMap(({ Export }) => (Export === undefined ? [] : [String(Object(Export).Name)]));
}

/** Logical ids of what the first has and the second lacks, or has otherwise. */
export function differences(first: StackTemplate, second: StackTemplate) {
  const ids = Object.keys(first.Resources).sort();
  const same = (id: string) => JSON.stringify(first.Resources[id]) === JSON.stringify(second.Resources[id]);
  return {
    gone: ids.filter((id) => !(id in second.Resources)),
    changed: ids.filter((id) => id in second.Resources && !same(id)),
    new: Object.keys(second.Resources)
      .filter((id) => !(id in first.Resources))
      .sort(),
  };
}
