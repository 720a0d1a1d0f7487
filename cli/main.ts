// `connectless`: names its commands, and loads the one that is asked for.
import { Command } from 'commander';
import { version } from '../package.json';
import { ConnectlessError, messageOf } from '../src/errors';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Loaded one at a time: the help of all commands should not wait for the clients of each. */
const commands: Readonly<Record<string, Entry>> = {
  standalone: {
    summary: 'run connectors on this machine, from the files of connect-standalone',
    load: async () => (await import('./standalone')).standaloneCommand(),
  },
  flush: {
    summary: 'close every open file of a sink now',
    load: async () => (await import('./flush')).flushCommand(),
  },
  offsets: {
    summary: 'look at, set, import or reset how far a source has read',
    load: async () => (await import('./offsets')).offsetsCommand(),
  },
  validate: {
    summary: 'check worker and connector files, and report every fault at once',
    load: async () => (await import('./validate')).validateCommand(),
  },
  preflight: {
    summary: 'check what a source is to read, and what an ALTER TABLE would mean for it',
    load: async () => (await import('./preflight')).preflightCommand(),
  },
  cost: {
    summary: 'compute what a pipeline costs on AWS in a month, from its files',
    load: async () => (await import('./cost')).costCommand(),
  },
  topics: {
    summary: 'create, list and describe topics',
    load: async () => (await import('./topics')).topicsCommand(),
  },
  consume: {
    summary: 'print the Avro records of a topic as JSON',
    load: async () => (await import('./consume')).consumeCommand(),
  },
  produce: {
    summary: 'produce lines of JSON as Avro records',
    load: async () => (await import('./produce')).produceCommand(),
  },
  tojson: {
    summary: 'print an Avro file, local or on S3, as JSON',
    load: async () => (await import('./tojson')).tojsonCommand(),
  },
  'schema-registry': {
    summary: 'serve the schema registry on a port',
    load: async () => (await import('./schema-registry')).schemaRegistryCommand(),
  },
};

async function main(args: readonly string[]): Promise<void> {
  const program = new Command('connectless')
    .description("Kafka Connect's JDBC source and S3 sink, without the Connect cluster.")
    .version(version)
    .addHelpText('after', '\nExample:\n  connectless standalone connectors/worker.properties connectors/*.properties');
  const wanted = args.find((arg) => Object.hasOwn(commands, arg));
  for (const [name, { summary, load }] of Object.entries(commands)) {
    program.addCommand(name === wanted ? await load() : new Command(name).description(summary));
  }
  await program.parseAsync([...args], { from: 'user' });
}

function report(error: unknown): void {
  const expected = error instanceof ConnectlessError && !process.env.DEBUG;
  process.stderr.write(`${expected || !(error instanceof Error) ? messageOf(error) : error.stack}\n`);
  process.exitCode = 1;
}

// `connectless consume … | head` ends when head has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

main(process.argv.slice(2)).catch(report);
