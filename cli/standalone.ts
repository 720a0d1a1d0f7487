// `connectless standalone`: Kafka Connect's connect-standalone, with the same files and arguments.
import { Command } from 'commander';
import { type Standalone, startStandalone } from '../local/standalone';
import { validateFiles } from '../src/config/load';
import { noteLine } from '../src/config/report';
import { jsonLine, terminalLine } from './log-line';

/** How long a batch in hand may take after Ctrl-C or SIGTERM. */
const graceMs = 30_000;

export function standaloneCommand(): Command {
  return new Command('standalone')
    .description(
      'Runs the connectors of the given files on this machine, until Ctrl-C or SIGTERM. A drop-in for connect-standalone.',
    )
    .argument('<worker.properties>', 'the worker: Kafka, converters, state')
    .argument('<connector.properties...>', 'one file for each connector')
    .addHelpText(
      'after',
      `
Ctrl-C or SIGTERM finishes the batches in hand, for 30 seconds at most; a second one ends at once.
Exit status: 0 when every batch could be finished, 1 when not or when the files have faults.

Example:
  connectless standalone connectors/worker.properties connectors/connect-postgresql.properties connectors/s3-sink.properties`,
    )
    .action(run);
}

async function run(workerFile: string, connectorFiles: string[]): Promise<void> {
  const format = process.stdout.isTTY ? terminalLine : jsonLine;
  const onLog = (line: string, connector: string) => process.stdout.write(`${format(line, connector)}\n`);
  const standalone = await startStandalone({ workerFile, connectorFiles, onLog });
  const { notes } = await validateFiles(workerFile, connectorFiles);
  for (const note of notes) onLog(noteLine(note), 'worker');
  await signalled();
  process.exit((await stop(standalone)) ? 0 : 1);
}

async function stop(standalone: Standalone): Promise<boolean> {
  process.stderr.write('Finishing the batches in hand; Ctrl-C again ends at once.\n');
  const finished = standalone.stop(graceMs);
  void signalled().then(() => standalone.stop(0));
  return finished;
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      process.off('SIGINT', done);
      process.off('SIGTERM', done);
      resolve();
    };
    process.on('SIGINT', done);
    process.on('SIGTERM', done);
  });
}
