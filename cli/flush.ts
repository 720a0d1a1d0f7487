// `connectless flush`: closes every open file of a sink, now.
import { resolve } from 'node:path';
import { Command } from 'commander';
import { shownStep } from '../local/shown-step';
import { loadPipeline } from '../src/config/load';
import { ConnectlessError } from '../src/errors';
import type { Metrics } from '../src/metrics/metrics';
import { FLUSH_EVENT, METRICS } from '../src/names';
import { readSecret } from '../src/secrets/reader';
import { invokeSink } from '../src/sink/invocation';
import { openSink } from '../src/sink/open';

const EVENT = { ...FLUSH_EVENT, all: true } as const;

const HELP = `
The sink may run meanwhile, here or on AWS: it goes on in new files. What waits in the topic is not flushed.
The files are those of connectless standalone; only the named sink is used.

A deployed sink flushes with its own rights when its function is invoked:
  aws lambda invoke --function-name confluent-s3-sink --cli-binary-format raw-in-base64-out \\
    --payload '${JSON.stringify(EVENT)}' /dev/stdout

Example:
  $ connectless flush s3-sink connectors/worker.properties connectors/*.properties`;

export function flushCommand(): Command {
  return new Command('flush')
    .description('close every open file of a sink now, whatever flush.size and the rotation say')
    .argument('<connector>', "the sink's name")
    .argument('<worker.properties>', 'the worker: converters, state')
    .argument('<connector.properties...>', "the connectors' files, the sink's among them")
    .addHelpText('after', HELP)
    .action(run);
}

async function run(name: string, workerFile: string, connectorFiles: string[]): Promise<void> {
  const connectorFile = await fileOf(name, workerFile, connectorFiles);
  const files = await shownStep(`Closing the open files of ${name}`, () => closedFiles(workerFile, connectorFile));
  console.log(files === 0 ? `${name} had no file open.` : `${name}: files closed: ${files}.`);
}

/** The file of the sink with this name. Throws CONFIG_INVALID, and USAGE when no sink has it. */
async function fileOf(name: string, workerFile: string, connectorFiles: readonly string[]): Promise<string> {
  const files = connectorFiles.filter((file) => resolve(file) !== resolve(workerFile));
  const { connectors } = await loadPipeline(workerFile, files, readSecret);
  const sinks = connectors.flatMap(({ kind, name: sink }, at) => (kind === 'sink' ? [{ sink, file: files[at] }] : []));
  const file = sinks.find(({ sink }) => sink === name)?.file;
  if (file !== undefined) return file;
  const known = sinks.map(({ sink }) => sink).join(', ');
  throw new ConnectlessError('USAGE', `No sink of these files has the name ${name}; they have: ${known || 'no sink'}.`);
}

/** How many. Throws what the sink throws. */
async function closedFiles(workerFile: string, connectorFile: string): Promise<number> {
  const env = { ...process.env, CONNECTLESS_WORKER: workerFile, CONNECTLESS_CONNECTOR: connectorFile };
  let files = 0;
  const metrics: Metrics = {
    add(metric, value) {
      if (metric === METRICS.sinkFiles) files += value;
    },
    since() {},
    flush() {},
  };
  await invokeSink({ ...(await openSink(env)), metrics }, EVENT);
  return files;
}
