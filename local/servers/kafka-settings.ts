// The property files of the local broker.
import { join } from 'node:path';

/** A listener of its own for these users, who log in by SASL PLAIN with their names for passwords; the other one stays as it is. */
export interface KafkaLogin {
  readonly port: number;
  readonly users: readonly string[];
}

/** On 127.0.0.1. */
interface KafkaPorts {
  readonly port: number;
  /** @default port */
  readonly advertisedPort?: number | undefined;
  readonly controllerPort: number;
}

/** Beside the data: a line for each operation that a user was allowed or denied. */
export const AUTHORIZER_LOG = 'authorizer.log';

/** One broker, so every replication factor is 1, and few partitions of the internal topics: each is a folder to open. */
export function kafkaProperties(
  directory: string,
  { port, advertisedPort = port, controllerPort }: KafkaPorts,
  login?: KafkaLogin,
): string {
  const others = [
    `CONTROLLER://127.0.0.1:${controllerPort}`,
    ...(login === undefined ? [] : [`SASL_PLAINTEXT://127.0.0.1:${login.port}`]),
  ];
  const listeners = [`PLAINTEXT://127.0.0.1:${port}`, ...others].join();
  const advertised = [`PLAINTEXT://127.0.0.1:${advertisedPort}`, ...others].join();
  return `process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}
listeners=${listeners}
advertised.listeners=${advertised}
controller.listener.names=CONTROLLER
log.dirs=${join(directory, 'data')}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
${login === undefined ? '' : loginProperties(login)}`;
}

/** Who does not log in is the broker itself, or whoever set it up. */
function loginProperties({ users }: KafkaLogin): string {
  const passwords = users.map((user) => `user_${user}="${user}"`).join(' ');
  return `listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
listener.name.sasl_plaintext.sasl.enabled.mechanisms=PLAIN
listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required ${passwords};
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=true
super.users=User:ANONYMOUS
`;
}

export function log4jProperties(directory: string, login?: KafkaLogin): string {
  return login === undefined ? LOG4J : `${LOG4J}${authorizerLog(join(directory, AUTHORIZER_LOG))}`;
}

const LOG4J = `status=error
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %p %c: %m%n
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
`;

/** What is asked on the way to another decision is told at TRACE. */
function authorizerLog(file: string): string {
  return `appender.authorizer.type=File
appender.authorizer.name=authorizer
appender.authorizer.fileName=${file}
appender.authorizer.layout.type=PatternLayout
appender.authorizer.layout.pattern=%m%n
logger.authorizer.name=kafka.authorizer.logger
logger.authorizer.level=trace
logger.authorizer.additivity=false
logger.authorizer.appenderRef.authorizer.ref=authorizer
`;
}
