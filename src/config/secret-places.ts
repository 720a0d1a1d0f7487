// Where a reference to a secret may stand: in what only the running function needs.
import type { Definition } from './definition';
import type { Problem } from './report';

const inUserInfo = (converter: string) =>
  `write it in ${converter}.basic.auth.user.info, with ${converter}.basic.auth.credentials.source=USER_INFO`;

const ELSEWHERE: Readonly<Record<string, string>> = {
  'connection.url': 'write it in connection.user and connection.password, without user and password here',
  query: 'write it in query.masked',
  'value.converter.schema.registry.url': inUserInfo('value.converter'),
  'key.converter.schema.registry.url': inUserInfo('key.converter'),
};

/** What has no effect may hold anything. */
export function misplacedSecret({ name, type, effect }: Definition): Problem | undefined {
  if (type === 'password' || name === 'connection.user' || effect.kind === 'accepted') return undefined;
  const what = 'refers to a secret, which is fetched when the function runs, and this has to be known before';
  return { what, write: ELSEWHERE[name] ?? `write the value itself, or \${env:NAME}` };
}
