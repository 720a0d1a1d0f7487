// How the worker says it logs in to Kafka with IAM.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, validate, WORKER } from './files';

const IAM = { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'AWS_MSK_IAM' };
const JAAS = 'software.amazon.msk.auth.iam.IAMLoginModule required;';
const HANDLER = 'software.amazon.msk.auth.iam.IAMClientCallbackHandler';

describe('a login with IAM', () => {
  test.each<Properties>([
    {},
    { 'sasl.jaas.config': JAAS, 'sasl.client.callback.handler.class': HANDLER },
    {
      'sasl.jaas.config': JAAS,
      'producer.sasl.jaas.config': JAAS,
      'producer.sasl.mechanism': 'AWS_MSK_IAM',
      'consumer.security.protocol': 'SASL_SSL',
      'sasl.client.callback.handler.class': HANDLER,
      'admin.sasl.client.callback.handler.class': HANDLER,
    },
  ])('needs the mechanism and TLS, and takes the lines of aws-msk-iam-auth beside them: %j', (properties) => {
    const { config, faults } = validate({ ...WORKER, ...IAM, ...properties });
    expect(faults).toEqual([]);
    expect(config?.worker.kafka).toMatchObject({ securityProtocol: 'SASL_SSL', sasl: { mechanism: 'AWS_MSK_IAM' } });
  });

  test.each<[Properties, string]>([
    [
      { 'security.protocol': undefined },
      'w: security.protocol: is missing, and sasl.mechanism is AWS_MSK_IAM; write security.protocol=SASL_SSL, with the brokers at port 9098',
    ],
    [
      { 'security.protocol': 'SASL_PLAINTEXT' },
      'w:6: security.protocol: is SASL_PLAINTEXT, and sasl.mechanism is AWS_MSK_IAM; write security.protocol=SASL_SSL, with the brokers at port 9098',
    ],
    [
      { 'sasl.jaas.config': 'a.ScramLoginModule required username="u" password="hunter2";' },
      `w:8: sasl.jaas.config: has another login module than sasl.mechanism=AWS_MSK_IAM asks for; write ${JAAS} or delete the line`,
    ],
    [
      { 'sasl.jaas.config': JAAS.replace(';', ' awsProfileName="hunter2";') },
      `w:8: sasl.jaas.config: has the option awsProfileName, and the login is always the role of the function, or AWS's own chain; write ${JAAS}`,
    ],
    [
      { 'sasl.client.callback.handler.class': 'com.acme.Handler' },
      `w:8: sasl.client.callback.handler.class: "com.acme.Handler" is not supported (it would have to run in a JVM; logging in with IAM is built in); write ${HANDLER}`,
    ],
    [
      { 'sasl.mechanism': undefined, 'security.protocol': undefined, 'sasl.client.callback.handler.class': HANDLER },
      'w:6: sasl.client.callback.handler.class: belongs to sasl.mechanism=AWS_MSK_IAM; write that, or delete the line',
    ],
  ])('has the fault of %j reported', (properties, line) =>
    expect(faultsOf({ ...WORKER, ...IAM, ...properties })).toEqual([line]),
  );
});
