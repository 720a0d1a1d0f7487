// Properties of Kafka's clients: at the worker's top level, and behind producer., consumer. and admin.
import { accepted, type Definition, type Row, unsupported, used } from '../definition';
import { parseJaas } from '../jaas';
import { atLeast, onlyClass, supported, text } from '../validators';

const monitoringInterceptors = text('monitoring interceptors of Confluent', (name) =>
  /^io\.confluent\.monitoring\.clients\.interceptor\.\w+$/.test(name)
    ? undefined
    : { what: 'names an interceptor that would have to run in a JVM', write: 'delete the line' },
);

const jaas = text('`LoginModule required username="…" password="…";`, or `IAMLoginModule required;`', (value) =>
  parseJaas(value) === undefined
    ? { what: 'is no JAAS line', write: 'write …LoginModule required username="…" password="…";' }
    : undefined,
);

export const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;
export const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'AWS_MSK_IAM'] as const;
const mechanism = supported(MECHANISMS, ['GSSAPI', 'OAUTHBEARER'], 'PLAIN, SCRAM and AWS_MSK_IAM are');
const iamHandler = onlyClass(
  'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
  'it would have to run in a JVM; logging in with IAM is built in',
);

const connectionRows: readonly Row[] = [
  ['security.protocol', 'string', 'PLAINTEXT', 'medium', 'Protocol to the brokers.', supported(PROTOCOLS, [], '')],
  [
    'sasl.mechanism',
    'string',
    null,
    'medium',
    "SASL mechanism, with `security.protocol=SASL_…`. `AWS_MSK_IAM` logs in as the role of the function, or by AWS's own chain of credentials.",
    mechanism,
  ],
  [
    'sasl.jaas.config',
    'password',
    null,
    'medium',
    'Login module with user name and password; `AWS_MSK_IAM` needs none.',
    jaas,
  ],
  [
    'sasl.client.callback.handler.class',
    'class',
    null,
    'medium',
    'Of `AWS_MSK_IAM` in a JVM; may be left out.',
    iamHandler,
  ],
  ['request.timeout.ms', 'int', '30000', 'medium', 'How long a request to a broker may take.', atLeast(1)],
];

/** Properties that must be the same for every client, since there is one connection configuration. */
export const CONNECTION_PROPERTIES: readonly string[] = ['bootstrap.servers', ...connectionRows.map(([name]) => name)];

/** How the worker's own clients reach the brokers. */
export const connection: readonly Definition[] = used(connectionRows);

const securityRest = [
  ...unsupported('only certificates that Node trusts; others through the environment variable NODE_EXTRA_CA_CERTS', [
    ['ssl.truststore.location', 'string', null, 'high', 'Trust store file.'],
    ['ssl.truststore.password', 'password', null, 'high', 'Password of the trust store.'],
    ['ssl.truststore.certificates', 'password', null, 'high', 'Trusted certificates in PEM.'],
    ['ssl.truststore.type', 'string', 'JKS', 'medium', 'Format of the trust store.'],
  ]),
  ...unsupported('client certificates are not supported yet', [
    ['ssl.keystore.location', 'string', null, 'high', 'Key store file.'],
    ['ssl.keystore.password', 'password', null, 'high', 'Password of the key store.'],
    ['ssl.keystore.key', 'password', null, 'high', 'Private key in PEM.'],
    ['ssl.keystore.certificate.chain', 'password', null, 'high', 'Certificate chain in PEM.'],
    ['ssl.keystore.type', 'string', 'JKS', 'medium', 'Format of the key store.'],
    ['ssl.key.password', 'password', null, 'high', 'Password of the private key.'],
  ]),
  ...unsupported("the broker's host name is always verified", [
    ['ssl.endpoint.identification.algorithm', 'string', 'https', 'low', "Verification of the broker's host name."],
  ]),
  ...unsupported('only PLAIN, SCRAM and AWS_MSK_IAM are supported yet', [
    ['sasl.login.class', 'class', null, 'medium', 'Login class.'],
    ['sasl.login.callback.handler.class', 'class', null, 'medium', 'Callback handler of the login.'],
    ['sasl.kerberos.*', 'string', null, 'low', 'Kerberos.'],
    ['sasl.oauthbearer.*', 'string', null, 'low', 'OAuth.'],
  ]),
  ...accepted('TLS is done by Node, with its own protocols and ciphers.', [
    ['ssl.protocol', 'string', 'TLSv1.3', 'medium', 'TLS protocol.'],
    ['ssl.enabled.protocols', 'list', 'TLSv1.2,TLSv1.3', 'medium', 'TLS protocols that may be used.'],
    ['ssl.cipher.suites', 'list', null, 'low', 'Cipher suites.'],
    ['ssl.provider', 'string', null, 'medium', 'Security provider of the JVM.'],
    ['ssl.keymanager.algorithm', 'string', null, 'low', 'Algorithm of the key manager.'],
    ['ssl.trustmanager.algorithm', 'string', null, 'low', 'Algorithm of the trust manager.'],
    ['ssl.secure.random.implementation', 'string', null, 'low', 'Random number generator of the JVM.'],
    ['ssl.engine.factory.class', 'class', null, 'low', 'Factory of SSL engines.'],
    ['security.providers', 'string', null, 'low', 'Security providers of the JVM.'],
  ]),
  ...accepted('A lambda logs in once per connection and is gone before a login has to be renewed.', [
    ['sasl.login.*', 'string', null, 'low', 'Renewal of the login.'],
  ]),
];

const network = accepted("The client's own settings serve; a failed request is tried again by the step that made it.", [
  ['client.dns.lookup', 'string', 'use_all_dns_ips', 'medium', 'How host names are resolved.'],
  ['connections.max.idle.ms', 'long', '540000', 'medium', 'When idle connections are closed.'],
  ['default.api.timeout.ms', 'int', '60000', 'medium', 'How long an operation of the client may take.'],
  ['metadata.max.age.ms', 'long', '300000', 'low', 'How long metadata is trusted.'],
  ['metadata.recovery.strategy', 'string', 'rebootstrap', 'low', 'What to do when no broker answers.'],
  ['metadata.recovery.rebootstrap.trigger.ms', 'long', '300000', 'low', 'When to bootstrap again.'],
  ['receive.buffer.bytes', 'int', '32768', 'medium', "Size of the socket's receive buffer."],
  ['send.buffer.bytes', 'int', '131072', 'medium', "Size of the socket's send buffer."],
  ['reconnect.backoff.ms', 'long', '50', 'low', 'Pause before connecting again.'],
  ['reconnect.backoff.max.ms', 'long', '1000', 'low', 'Longest pause before connecting again.'],
  ['retries', 'int', '2147483647', 'high', 'How often a request is tried again.'],
  ['retry.backoff.ms', 'long', '100', 'low', 'Pause before a request is tried again.'],
  ['retry.backoff.max.ms', 'long', '1000', 'low', 'Longest pause before a request is tried again.'],
  ['socket.connection.setup.timeout.ms', 'long', '10000', 'medium', 'How long connecting may take.'],
  ['socket.connection.setup.timeout.max.ms', 'long', '30000', 'medium', 'Longest time that connecting may take.'],
]);

const monitoring = accepted(
  'Metrics and logs of the functions take the place of reporters and interceptors in the JVM.',
  [
    [
      'interceptor.classes',
      'list',
      '',
      'low',
      'Interceptors, such as those of Control Center.',
      monitoringInterceptors,
    ],
    ['confluent.monitoring.interceptor.*', 'string', null, 'low', 'Settings of the monitoring interceptors.'],
    ['auto.include.jmx.reporter', 'boolean', 'true', 'low', 'JMX reporter.'],
    ['enable.metrics.push', 'boolean', 'true', 'low', "Sends the client's metrics to the brokers."],
    ['metric.reporters', 'list', '', 'low', 'Reporters of metrics.'],
    ['metrics.num.samples', 'int', '2', 'low', 'Samples per metric.'],
    ['metrics.recording.level', 'string', 'INFO', 'low', 'Level of the metrics.'],
    ['metrics.sample.window.ms', 'long', '30000', 'low', 'Window of a sample.'],
    ['metrics.context.*', 'string', null, 'low', 'Labels of the metrics.'],
  ],
);

/** Known to every client, and without effect on what is written or read. */
export const commonClient: readonly Definition[] = [...securityRest, ...network, ...monitoring];
