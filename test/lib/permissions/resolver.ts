// Resolves a template's references and functions to the texts that AWS would put in their place.
import { type Place, physical } from './physical';
import { isObject, type Json, type JsonObject, listOf, type Stacks, type Template, textOf } from './template';

export const PLACE: Place = { partition: 'aws', region: 'eu-central-1', account: '111122223333', run: 'a1b2c3' };

/** A value of that stack without functions. Throws for a function, a resource or an attribute that is not known. */
export type Resolve = (stack: string, value: Json) => Json;

interface Scope {
  readonly stacks: Stacks;
  readonly stack: string;
  readonly place: Place;
}

export function resolver(stacks: Stacks, place: Place = PLACE): Resolve {
  return (stack, value) => resolved({ stacks, stack, place }, value);
}

function resolved(scope: Scope, value: Json): Json {
  if (Array.isArray(value)) return value.map((one) => resolved(scope, one));
  if (!isObject(value)) return value;
  const [name = '', ...others] = Object.keys(value);
  if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) return members(scope, value);
  const carryOut = FUNCTIONS[name];
  if (carryOut === undefined) throw new Error(`${name} is not known (stack ${scope.stack})`);
  return carryOut(scope, value[name] ?? null);
}

function members(scope: Scope, value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(scope, member)]));
}

const FUNCTIONS: Readonly<Record<string, (scope: Scope, argument: Json) => Json>> = {
  Ref: (scope, name) => reference(scope, textOf(name)),
  'Fn::GetAtt': (scope, argument) => {
    const [id = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument).map(textOf);
    return attributeOf(scope, id, attribute.join('.'));
  },
  'Fn::Join': (scope, argument) => {
    const [separator, parts] = listOf(argument);
    return listOf(resolved(scope, parts ?? []))
      .map(textOf)
      .join(textOf(separator));
  },
  'Fn::Sub': (scope, argument) => substituted(scope, argument),
  'Fn::Select': (scope, argument) => {
    const [index, list] = listOf(argument);
    const found = listOf(resolved(scope, list ?? []))[Number(index)];
    if (found === undefined) throw new Error(`Fn::Select finds nothing at ${index} (stack ${scope.stack})`);
    return found;
  },
  'Fn::Split': (scope, argument) => {
    const [separator, text] = listOf(argument);
    return textOf(resolved(scope, text ?? '')).split(textOf(separator));
  },
  'Fn::ImportValue': ({ stacks, place }, name) => imported(stacks, place, textOf(name)),
  'Fn::GetAZs': ({ place }) => ['a', 'b', 'c'].map((zone) => `${place.region}${zone}`),
};

function reference(scope: Scope, name: string): Json {
  const { partition, region, account } = scope.place;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::StackName': scope.stack,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return pseudo[name] ?? templateOf(scope).Parameters?.[name]?.Default ?? attributeOf(scope, name, 'Ref');
}

function attributeOf(scope: Scope, id: string, attribute: string): Json {
  const resource = templateOf(scope).Resources[id];
  if (resource === undefined) throw new Error(`Stack ${scope.stack} has no ${id}`);
  const { place, stack } = scope;
  const given = (property: string) => {
    const value = resource.Properties?.[property];
    return value === undefined ? undefined : resolved(scope, value);
  };
  return physical(resource.Type, attribute, { place, stack, id, given });
}

function substituted(scope: Scope, argument: Json): string {
  const [text, variables = {}] = listOf(argument);
  const own = isObject(variables) ? variables : {};
  return textOf(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const variable = own[name];
    if (variable !== undefined) return textOf(resolved(scope, variable));
    const [id = '', ...attribute] = name.split('.');
    return textOf(attribute.length === 0 ? reference(scope, id) : attributeOf(scope, id, attribute.join('.')));
  });
}

function imported(stacks: Stacks, place: Place, name: string): Json {
  for (const [stack, { Outputs = {} }] of stacks) {
    const scope = { stacks, stack, place };
    const found = Object.values(Outputs).find(
      ({ Export }) => Export !== undefined && resolved(scope, Export.Name) === name,
    );
    if (found !== undefined) return resolved(scope, found.Value);
  }
  throw new Error(`No stack exports ${name}`);
}

function templateOf({ stacks, stack }: Scope): Template {
  const template = stacks.get(stack);
  if (template === undefined) throw new Error(`There is no stack ${stack}`);
  return template;
}
