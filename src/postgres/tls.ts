// TLS towards Postgres as pgjdbc's sslmode and sslrootcert say.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ClientConfig } from 'pg';
import type { PostgresConfig } from '../config/model';
import { ConnectlessError, messageOf } from '../errors';

type Ssl = NonNullable<ClientConfig['ssl']>;

/** pgjdbc verifies nothing up to `require`, the chain from `verify-ca` on, the host name too with `verify-full`. Throws POSTGRES_TLS. */
export async function sslOptions({ sslMode, sslRootCert }: PostgresConfig): Promise<Ssl> {
  if (sslMode === 'disable') return false;
  if (sslMode === 'prefer' || sslMode === 'require') return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...(sslRootCert === undefined ? {} : { ca: await authorities(sslRootCert) }),
    ...(sslMode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  };
}

/** A deployed function has the file beside its bundle; elsewhere a relative path is the working directory's, as pgjdbc's is. */
async function authorities(path: string): Promise<string> {
  const deployed = resolve(process.env.LAMBDA_TASK_ROOT ?? '', path);
  const file = existsSync(deployed) ? deployed : resolve(path);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConnectlessError(
      'POSTGRES_TLS',
      `The certificates of sslrootcert in connection.url cannot be read: write the path of a PEM file. (${messageOf(cause)})`,
      { cause },
    );
  }
}
