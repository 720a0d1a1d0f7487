// kafkajs's login at MSK with IAM: SASL OAUTHBEARER, with a token that is signed anew for each login.
import type { SASLOptions } from 'kafkajs';
import { kafkaRegion } from '../iam/region';

/** What signs is loaded by the first login. Throws CONFIG_INVALID when nothing says the region. */
export function iamLogin(brokers: readonly string[]): SASLOptions {
  const region = kafkaRegion(brokers);
  return {
    mechanism: 'oauthbearer',
    oauthBearerProvider: async () => {
      const { kafkaToken } = await import('../iam/kafka-token');
      return { value: await kafkaToken(region) };
    },
  };
}
