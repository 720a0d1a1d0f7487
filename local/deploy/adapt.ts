// Takes out of a template what the emulator cannot take: pure.
import { ConnectlessError } from '../../src/errors';
import { leftOut as gaps, type LeftOut } from './gaps';
import type { Resource, Template } from './template';

export interface Adapted {
  readonly template: Template;
  /** How many of each are gone. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
}

/** Throws EMULATOR_GAP when something that stays needs something that goes. */
export function adapt(template: Template): Adapted {
  const leaving = new Map<string, Leaving>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    const gap = gaps.find(({ is }) => is(resource));
    if (gap !== undefined) leaving.set(id, { resource, gap });
  }
  const staying = Object.entries(template.Resources).filter(([id]) => !leaving.has(id));
  const Resources = Object.fromEntries(staying.map(([id, resource]) => [id, independent(resource, leaving)]));
  return { template: without({ ...template, Resources }, leaving) as Template, leftOut: counted(leaving) };
}

interface Leaving {
  readonly resource: Resource;
  readonly gap: LeftOut;
}

type AllLeaving = ReadonlyMap<string, Leaving>;

function counted(leaving: AllLeaving): Map<LeftOut, number> {
  const counts = new Map<LeftOut, number>();
  for (const { gap } of leaving.values()) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  return counts;
}

function independent({ DependsOn, ...resource }: Resource, leaving: AllLeaving): Resource {
  const left = [DependsOn ?? []].flat().filter((id) => !leaving.has(id));
  return left.length === 0 ? resource : { ...resource, DependsOn: left };
}

/** The value with each reference to something that leaves replaced by its ARN. */
function without(value: unknown, leaving: AllLeaving): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, leaving));
  if (typeof value !== 'object' || value === null) return value;
  const [entry, ...others] = Object.entries(value);
  if (entry !== undefined && others.length === 0) {
    const referred = referredTo(...entry);
    const gone = referred === undefined ? undefined : leaving.get(referred.id);
    if (referred !== undefined && gone !== undefined) return standIn(referred, gone);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, without(inner, leaving)]));
}

interface Referred {
  readonly id: string;
  readonly attribute?: string;
}

function referredTo(key: string, value: unknown): Referred | undefined {
  if (key === 'Ref') return { id: String(value) };
  if (key !== 'Fn::GetAtt') return undefined;
  const [id = '', attribute = ''] = Array.isArray(value) ? value.map(String) : String(value).split('.');
  return { id, attribute };
}

function standIn({ id, attribute }: Referred, { resource, gap }: Leaving): string {
  if (attribute === 'Arn' && gap.arnOf !== undefined) return gap.arnOf(resource);
  const message = `MiniStack takes no ${gap.what}, and ${id}, which is one, is referred to by more than its ARN.`;
  throw new ConnectlessError('EMULATOR_GAP', message);
}
