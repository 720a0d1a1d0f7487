// `connectless validate`: all faults of all files in one report, and what is accepted without meaning.
import { Command } from 'commander';
import { validateFiles } from '../src/config/load';
import { noteLine, report } from '../src/config/report';

const EXAMPLE = `
Example:
  $ connectless validate connectors/worker.properties connectors/*.properties

Every property is described in docs/configuration.md.`;

/** Exits with status 1 when there is a fault. */
export function validateCommand(): Command {
  return new Command('validate')
    .description("check a worker's and its connectors' files, without connecting to anything")
    .argument('<worker.properties>', "the worker's file")
    .argument('[connector.properties...]', "the connectors' files")
    .addHelpText('after', EXAMPLE)
    .action(async (worker: string, connectors: string[]) => {
      const { config, faults, notes } = await validateFiles(worker, connectors);
      for (const note of notes) console.log(`note: ${noteLine(note)}`);
      if (config === undefined) {
        console.error(report(faults));
        process.exitCode = 1;
        return;
      }
      const names = config.connectors.map(({ kind, name }) => `${kind} ${name}`);
      console.log(`valid: ${['the worker', ...names].join(', ')}`);
    });
}
