// The password that RDS and Aurora take for a login with IAM.
import { ambientCredentials } from './credentials';
import { presignedUrl } from './presign';

interface DatabaseLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly region: string;
}

/** Good for one login, and for 900 seconds. Throws AWS_CREDENTIALS. */
export async function databaseToken(
  { host, port, user, region }: DatabaseLogin,
  credentials = ambientCredentials,
  now = new Date(),
): Promise<string> {
  const query = { Action: 'connect', DBUser: user };
  const address = { service: 'rds-db', region, host: `${host}:${port}`, query };
  const url = await presignedUrl(address, await credentials(), now);
  return url.replace('https://', '');
}
