// The password of a connection: the one that is written, or a token of IAM for each new connection.
import type { PostgresConfig } from '../config/model';
import { databaseRegion } from '../iam/region';

/** Makes a token of IAM. */
export type TokenSource = (config: PostgresConfig) => Promise<string>;

/** What signs is loaded by the first connection. Throws AWS_CREDENTIALS, and CONFIG_INVALID when nothing says the region. */
export const iamToken: TokenSource = async ({ host, port, user = '', iam }) => {
  const region = iam?.region ?? databaseRegion(host);
  const { databaseToken } = await import('../iam/database-token');
  return databaseToken({ host, port, user, region });
};

/** As pg takes it. */
export function passwordFor(
  config: PostgresConfig,
  token: TokenSource,
): { password?: string | (() => Promise<string>) } {
  if (config.iam !== undefined) return { password: () => token(config) };
  return config.password === undefined ? {} : { password: config.password };
}
