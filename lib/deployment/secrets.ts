// The secrets that deployed files refer to: `${secretsmanager:SECRET:KEY}`.

/** Names or ARNs, each once; an ARN may stand URL-encoded, since a reference is split at colons. */
export function secretsIn(values: readonly string[]): readonly string[] {
  const references = values.flatMap((value) => [...value.matchAll(/\$\{secretsmanager:([^}]+):[^:}]+\}/g)]);
  return [...new Set(references.map(([, secret = '']) => decodeURIComponent(secret)))];
}
