// Reads a reference to AWS Secrets Manager, `${secretsmanager:SECRET:KEY}`, as MSK Connect's SecretsManagerConfigProvider has it.
import type { Problem } from './report';

/** How a reference is written. */
export const SECRET_FORM = `\${secretsmanager:SECRET:KEY}`;

/** A key of a secret, to be fetched when the function runs. */
export interface SecretReference {
  /** The reference as it stands in the value. */
  readonly text: string;
  /** Name or ARN. */
  readonly secret: string;
  /** A key of the secret's JSON. */
  readonly key: string;
  /** Absent: the function's own region. */
  readonly region?: string;
}

/** Who fetches a secret: answers the members of its JSON. Its errors name secret and cure. */
export type SecretReader = (secret: string, region: string | undefined) => Promise<ReadonlyMap<string, string>>;

type Parsed = { readonly value: SecretReference } | { readonly problem: Problem };

/** `path` and `rest`: what KIP-297's pattern finds before and behind the second colon. */
export function parseSecretReference(text: string, path: string, rest: string, region: string | undefined): Parsed {
  const named = path === 'arn' ? splitArn(rest) : { secret: decoded(path), key: rest };
  if (named.secret === undefined || named.secret === '' || named.key === '') {
    const what = 'refers to a secret without naming it and a key of its JSON';
    return { problem: { what, write: `write ${SECRET_FORM}` } };
  }
  if (/\?ttl=/.test(named.key)) {
    const what = 'asks for a secret to be fetched again after a time, which is not supported';
    return { problem: { what, write: 'take out ?ttl=…: a secret is fetched when a function starts' } };
  }
  const where = region ?? regionOfArn(named.secret);
  return { value: { text, secret: named.secret, key: named.key, ...(where === undefined ? {} : { region: where }) } };
}

/** An ARN that is not URL-encoded: `arn` and six more parts, and behind them the key. */
function splitArn(rest: string): { secret: string; key: string } {
  const parts = rest.split(':');
  return { secret: ['arn', ...parts.slice(0, 6)].join(':'), key: parts.slice(6).join(':') };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function regionOfArn(secret: string): string | undefined {
  return /^arn:[\w-]+:secretsmanager:([a-z0-9-]+):/.exec(secret)?.[1];
}
