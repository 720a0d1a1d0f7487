// Reads a secret from AWS Secrets Manager: the members of its JSON.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretError } from './errors';
import { membersOf } from './members';

/** Without a VPC endpoint nobody answers, and a function must not wait for that until its time is over. */
const NO_ANSWER = { connectionTimeout: 3000, requestTimeout: 10_000 };

/** Throws the errors of `secretError` and `membersOf`. */
export async function fetchSecret(secret: string, region: string | undefined): Promise<ReadonlyMap<string, string>> {
  const client = new SecretsManagerClient({
    ...(region === undefined ? {} : { region }),
    maxAttempts: 2,
    requestHandler: NO_ANSWER,
  });
  try {
    const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    return membersOf(secret, text);
  } catch (error) {
    throw secretError(error, secret, region);
  } finally {
    client.destroy();
  }
}
