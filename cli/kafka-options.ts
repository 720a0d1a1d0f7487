// How the commands are told which Kafka to speak to.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { KafkaConfig } from '../src/config/model';

const DEFAULT_SERVER = 'localhost:9092';

/** Adds the option with Kafka's name; `--zookeeper` gets an answer. */
export function addKafkaOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--bootstrap-server <host:port>', 'the Kafka broker, or several with commas')
        .default(brokersOf(DEFAULT_SERVER), DEFAULT_SERVER)
        .argParser(brokersOf),
    )
    .addOption(
      new Option('--zookeeper <host:port>')
        .argParser(() => {
          throw new InvalidArgumentError(`Kafka has no ZooKeeper any more: use --bootstrap-server ${DEFAULT_SERVER}.`);
        })
        .hideHelp(),
    );
}

export function brokersOf(text: string): readonly string[] {
  const brokers = text.split(',').map((broker) => broker.trim());
  const wrong = brokers.find((broker) => !/^.+:\d+$/.test(broker));
  if (wrong === undefined) return brokers;
  throw new InvalidArgumentError(`"${wrong}" has no port: write host:port, like ${DEFAULT_SERVER}.`);
}

export function kafkaConfig(brokers: readonly string[]): KafkaConfig {
  return { brokers, securityProtocol: 'PLAINTEXT', clientId: 'connectless', requestTimeoutMs: 30_000 };
}

/** Commander's parser of a number of things. */
export function positive(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('write a whole number above 0.');
}
