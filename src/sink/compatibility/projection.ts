// Values of one schema → values of another, by the rules of Connect's SchemaProjector.
import { branchName, type Field, type RecordSchema, type Schema, type UnionSchema } from '../../avro/schema';
import { branchOf, itemsOf, membersOf } from '../../avro/value';
import { type ConnectSchema, connectSchema, isEnum, NUMBERS } from './connect-schema';
import { defaultValue } from './default-value';

/** Takes and gives values as the codec has them. */
export type Projection = (value: unknown) => unknown;

/** Of records, which may hold themselves. */
type Entered = Map<RecordSchema, Map<RecordSchema, { projection?: Projection }>>;

/**
 * Undefined where the schemas do not allow it: another type (numbers are widened), name or parameters (docs do not count,
 * and an enum may lack symbols of the other one), an optional value or a missing field without a default to stand for it.
 * Unlike Connect it takes no union apart: a branch that the other one lacks would be lost.
 */
export function projection(from: Schema, to: Schema): Projection | undefined {
  return between(connectSchema(from), connectSchema(to), new Map());
}

function between(from: ConnectSchema, to: ConnectSchema, entered: Entered): Projection | undefined {
  if (!isWidened(from, to) || from.name !== to.name || !haveParameters(from, to)) return undefined;
  const present = content(from.avro, to.avro, entered);
  if (present === undefined || !from.optional) return present;
  const absent = to.optional
    ? { value: null }
    : to.default === undefined
      ? undefined
      : defaultValue(to.avro, to.default);
  if (absent === undefined) return undefined;
  return (value) => (value === null ? absent.value : present(value));
}

function isWidened(from: ConnectSchema, to: ConnectSchema): boolean {
  const [one, other] = [rank(from), rank(to)];
  return from.type === to.type || (one >= 0 && one < other);
}

function rank({ type }: ConnectSchema): number {
  return NUMBERS.indexOf(type as (typeof NUMBERS)[number]);
}

function haveParameters(from: ConnectSchema, to: ConnectSchema): boolean {
  const contained = [...from.parameters].every(([name, value]) => to.parameters.get(name) === value);
  return contained && ((isEnum(from) && isEnum(to)) || from.parameters.size === to.parameters.size);
}

/** Of values that are not null. */
function content(from: Schema, to: Schema, entered: Entered): Projection | undefined {
  if (from.type === 'record' && to.type === 'record') return enter(from, to, entered);
  if (from.type === 'union' && to.type === 'union') return branches(from, to, entered);
  if (from.type === 'array' && to.type === 'array') return items(from.items, to.items, entered);
  if (from.type === 'map' && to.type === 'map') return values(from.values, to.values, entered);
  if (to.type === 'long') return (value) => BigInt(value as bigint | number);
  if (to.type === 'float' || to.type === 'double') return Number;
  return (value) => value;
}

/** A record within itself has the projection that is being made. */
function enter(from: RecordSchema, to: RecordSchema, entered: Entered): Projection | undefined {
  const targets = entered.get(from) ?? new Map();
  entered.set(from, targets);
  const known = targets.get(to);
  if (known !== undefined) return (value) => known.projection?.(value);
  const made: { projection?: Projection } = {};
  targets.set(to, made);
  const projected = fields(from, to, entered);
  if (projected !== undefined) made.projection = projected;
  return projected;
}

function fields(from: RecordSchema, to: RecordSchema, entered: Entered): Projection | undefined {
  const sources = new Map(from.fields.map((field) => [field.name, field]));
  const steps: Array<{ name: string; step: Projection }> = [];
  for (const target of to.fields) {
    const source = sources.get(target.name);
    const step = source === undefined ? missing(target) : field(source, target, entered);
    if (step === undefined) return undefined;
    steps.push({ name: target.name, step });
  }
  return (value) => {
    const members = membersOf(value);
    const projected: Record<string, unknown> = {};
    for (const { name, step } of steps) projected[name] = step(members[name]);
    return projected;
  };
}

function field(source: Field, target: Field, entered: Entered): Projection | undefined {
  return between(connectSchema(source.type, source.default), connectSchema(target.type, target.default), entered);
}

function missing({ type, default: json }: Field): Projection | undefined {
  const { optional, default: stated } = connectSchema(type);
  const substitute = json !== undefined ? json : optional ? null : stated;
  const absent = substitute === undefined ? undefined : defaultValue(type, substitute);
  return absent && (() => absent.value);
}

function items(from: Schema, to: Schema, entered: Entered): Projection | undefined {
  const step = between(connectSchema(from), connectSchema(to), entered);
  return step && ((value) => itemsOf(value).map((item) => step(item)));
}

function values(from: Schema, to: Schema, entered: Entered): Projection | undefined {
  const step = between(connectSchema(from), connectSchema(to), entered);
  return (
    step && ((value) => Object.fromEntries(Object.entries(membersOf(value)).map(([key, item]) => [key, step(item)])))
  );
}

function branches(from: UnionSchema, to: UnionSchema, entered: Entered): Projection | undefined {
  const targets = new Map(to.branches.map((branch) => [branchName(branch), branch]));
  const steps = new Map<Schema, Projection>();
  for (const branch of from.branches) {
    const target = targets.get(branchName(branch));
    const step = target && between(connectSchema(branch), connectSchema(target), entered);
    if (step === undefined && branch.type !== 'null') return undefined;
    if (step !== undefined) steps.set(branch, step);
  }
  return (value) => {
    const { branch, content: inside } = branchOf(from, value);
    return { [branchName(branch)]: steps.get(branch)?.(inside) };
  };
}
