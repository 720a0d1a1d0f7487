// Fetches a secret for the configuration; the client is loaded by the first one.
import type { SecretReader } from '../config/secret-reference';

/** Throws the errors of `fetchSecret`. */
export const readSecret: SecretReader = async (secret, region) => {
  const { fetchSecret } = await import('./secrets-manager');
  return fetchSecret(secret, region);
};
