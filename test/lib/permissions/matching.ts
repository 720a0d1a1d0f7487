// How IAM compares names with patterns: `*` is any number of characters, `?` is one.

export function matches(pattern: string, text: string): boolean {
  const source = pattern
    .split('')
    .map((one) => (one === '*' ? '.*' : one === '?' ? '.' : one.replace(/[\\^$.|+()[\]{}]/, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Actions are compared without case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** `arn:partition:service:region:account:resource`: a wildcard does not reach beyond its part. Throws for what is no ARN. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*' || arn === '*') return pattern === '*';
  const parts = partsOf(arn);
  return partsOf(pattern).every((part, index) => matches(part, parts[index] ?? ''));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  if (parts.length < 6 || parts[0] !== 'arn') throw new Error(`No ARN: ${arn}`);
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
