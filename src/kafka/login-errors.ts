// What a broker says to a login or an operation that it refuses, and what to do.
import { kafkaRegion } from '../iam/region';

interface LoginFailure {
  /** Ends in what the broker said. */
  readonly message: string;
  readonly retryable: boolean;
}

export function loginFailure(brokers: readonly string[], said: string): LoginFailure {
  const servers = brokers.join(', ');
  // Only IAM logs in with OAUTHBEARER here.
  if (/OAUTHBEARER/.test(said)) return iamLoginFailure(brokers, servers, said);
  const cure = 'check sasl.mechanism and sasl.jaas.config';
  return { message: `Kafka at ${servers} refuses the credentials: ${cure}. It says: ${said}`, retryable: false };
}

function iamLoginFailure(brokers: readonly string[], servers: string, said: string): LoginFailure {
  if (/mechanism is not supported/.test(said)) {
    const cure = "write each broker with port 9098, where MSK has it, and turn on IAM in the cluster's access control";
    return { message: `Kafka at ${servers} has no login with IAM there: ${cure}. It says: ${said}`, retryable: false };
  }
  if (/Too many connects/.test(said)) {
    const why = 'each broker has a limit per second, kafka.t3.small one of 4';
    const message = `MSK at ${servers} takes no more logins with IAM at the moment: ${why}. It says: ${said}`;
    return { message, retryable: true };
  }
  const cure = `allow the role kafka-cluster:Connect on the cluster; check that the cluster is in ${kafkaRegion(brokers)}, for which the token was signed (AWS_REGION, when the brokers' names have no region), and that the clock here is right`;
  return { message: `MSK at ${servers} refuses the login with IAM: ${cure}. It says: ${said}`, retryable: false };
}

/** What a policy of IAM has to allow, by the types of the broker's error. */
export function missingActions(types: string): string {
  if (/TOPIC_AUTH/.test(types)) {
    return 'kafka-cluster:DescribeTopic, kafka-cluster:ReadData and kafka-cluster:WriteData on the topic';
  }
  if (/GROUP_AUTH/.test(types)) {
    return 'kafka-cluster:DescribeGroup and kafka-cluster:AlterGroup on the consumer group';
  }
  return 'kafka-cluster:WriteDataIdempotently on the cluster, and kafka-cluster:CreateTopic for topics to create';
}
