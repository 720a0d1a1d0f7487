// The credentials that sign: the role of the function, or what AWS's own chain finds on this machine.
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { ConnectlessError, messageOf } from '../errors';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Keeps them until they are about to expire. */
const chain = defaultProvider();

/** Throws AWS_CREDENTIALS. */
export async function ambientCredentials(): Promise<Credentials> {
  try {
    return await chain();
  } catch (cause) {
    throw new ConnectlessError(
      'AWS_CREDENTIALS',
      `There are no AWS credentials to log in with: give the function its role, or on this machine set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. (${messageOf(cause)})`,
      { cause },
    );
  }
}
