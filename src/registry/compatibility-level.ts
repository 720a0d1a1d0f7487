// The compatibility levels that a subject can be configured with.

const LEVELS = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const;

export type CompatibilityLevel = (typeof LEVELS)[number];

/** Of a registry that nobody has configured. */
export const DEFAULT_LEVEL: CompatibilityLevel = 'BACKWARD';

/** The level of that name in any case, or undefined. */
export function compatibilityLevel(name: unknown): CompatibilityLevel | undefined {
  return typeof name === 'string' ? LEVELS.find((level) => level === name.toUpperCase()) : undefined;
}
