// The shape of values as the codec takes and gives them: its members, and the branch of a union.
import { ConnectlessError } from '../errors';
import { branchName, optionalBranch, type Schema, type UnionSchema } from './schema';

type Members = Readonly<Record<string, unknown>>;

/** A record's, a map's or a tagged branch's. Throws INVALID_VALUE when it is no object. */
export function membersOf(value: unknown): Members {
  if (isObject(value)) return value;
  throw unlike('object');
}

/** An array's. Throws INVALID_VALUE when it is none. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unlike('array');
}

/**
 * In a union of null and one type the value is bare; in any other it names the branch. Not for null.
 * @param tag what stands for a branch's name in this value
 */
export function branchOf(
  union: UnionSchema,
  value: unknown,
  tag: (name: string) => string = (name) => name,
): { branch: Schema; content: unknown } {
  const only = optionalBranch(union);
  if (only !== undefined) return { branch: only, content: value };
  const [[name, content] = ['', undefined]] = Object.entries(membersOf(value));
  const branch = union.branches.find((candidate) => tag(branchName(candidate)) === name);
  if (branch === undefined) throw unlike('union');
  return { branch, content };
}

export function unlike(expected: string): ConnectlessError {
  return new ConnectlessError('INVALID_VALUE', `A value is no ${expected}, which its schema says it is`);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
