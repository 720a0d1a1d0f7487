// `connectless schema-registry`: serves the built-in schema registry on a port.
import { Command, InvalidArgumentError, Option } from 'commander';
import { loadWorker } from '../src/config/load';
import { ConnectlessError } from '../src/errors';
import { builtInUrl } from '../src/registry/open';
import { serveRegistry } from '../src/registry/rest-server';
import { readSecret } from '../src/secrets/reader';
import { openState } from '../src/state/open';

const EXAMPLE = `
Example:
  $ connectless schema-registry --worker connectors/worker.properties
  $ curl http://127.0.0.1:8081/subjects

With --worker, the log is where schema.registry.url says when that is s3://… or file:///…, and else, when it is the
http:// address of this very server, at connectless.state.url.`;

interface Options {
  readonly host: string;
  readonly port: number;
  readonly state?: string;
  readonly worker?: string;
}

/** Runs until SIGTERM or Ctrl-C. */
export function schemaRegistryCommand(): Command {
  return new Command('schema-registry')
    .description("serve the built-in schema registry, with Confluent's REST API")
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on, 0 for any free one', portOf, 8081)
    .addOption(
      new Option('--state <url>', 'where the log is kept: s3://bucket/prefix or file:///directory').conflicts('worker'),
    )
    .option('--worker <worker.properties>', 'take the place of the log from this file')
    .addHelpText('after', EXAMPLE)
    .action(async (options: Options) => {
      const stopped = stopSignal();
      const url = await logUrl(options);
      const server = await serveRegistry(await openState(url), options.host, options.port);
      console.log(`The schema registry listens on ${server.url}; its log is in ${url}`);
      await stopped;
      await server.close();
    });
}

async function logUrl({ state, worker }: Options): Promise<string> {
  if (state !== undefined) return state;
  if (worker !== undefined)
    return builtInUrl(await loadWorker(readSecret, { ...process.env, CONNECTLESS_WORKER: worker }));
  throw new ConnectlessError(
    'USAGE',
    'schema-registry must know where its log is: add --worker connectors/worker.properties, or --state file:///directory.',
  );
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError('write a number from 0 to 65535.');
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
