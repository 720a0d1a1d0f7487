// The token that MSK takes for a login with IAM, over SASL OAUTHBEARER.
import { ambientCredentials } from './credentials';
import { presignedUrl } from './presign';

/** Good for one login, and for 900 seconds. Throws AWS_CREDENTIALS. */
export async function kafkaToken(region: string, credentials = ambientCredentials, now = new Date()): Promise<string> {
  const address = {
    service: 'kafka-cluster',
    region,
    host: `kafka.${region}.amazonaws.com`,
    query: { Action: 'kafka-cluster:Connect' },
  };
  const url = await presignedUrl(address, await credentials(), now);
  // MSK's own signers say who they are behind the signature, and MSK logs it.
  return Buffer.from(`${url}&User-Agent=connectless`).toString('base64url');
}
