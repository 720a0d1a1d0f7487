// `connectless preflight`: looks at everything that a source is to read, before it does.
import { Command } from 'commander';
import { LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS } from '../src/postgres/altered-facts';
import { preflightOf } from '../src/preflight/open';
import { offsetsConnector } from './offsets-connector';
import { preflightText } from './preflight-text';

const HELP = `
It connects to the database and the schema registry, reads no row and writes nothing. It says which columns rows are read by and
why, what their sequences and indexes are like, which rights are missing, what Connect's types cut off, and what the registry
would say to each table's schema. Each finding has a code (docs/preflight.md). Exit status 1: there is an error.

With --ddl the statement is run in a transaction and undone, and what is said is how it would be afterwards. It needs the rights
that the statement needs. Writers of the table wait meanwhile: ${LOCK_TIMEOUT_MS / 1000} s at most for its lock, and ${STATEMENT_TIMEOUT_MS / 1000} s for it to end.

Examples:
  $ connectless preflight connect-postgresql connectors/worker.properties connectors/*.properties
  $ connectless preflight connect-postgresql connectors/worker.properties connectors/*.properties \\
      --ddl "ALTER TABLE prices ADD COLUMN currency text"`;

export function preflightCommand(): Command {
  return new Command('preflight')
    .description('check what a source is to read: columns, sequences, rights, types, the registry')
    .argument('<connector>', "the source's name")
    .argument('<worker.properties>', 'the worker: converters, registry, state')
    .argument('<connector.properties...>', "the connectors' files, the source's among them")
    .option('--ddl <statement>', 'an ALTER TABLE to be tried and undone')
    .addHelpText('after', HELP)
    .action(async (name: string, workerFile: string, connectorFiles: string[], options: { ddl?: string }) => {
      const source = await offsetsConnector(name, workerFile, connectorFiles);
      const found = await preflightOf(source, options.ddl);
      console.log(preflightText(found));
      if (found.findings.some(({ severity }) => severity === 'error')) process.exitCode = 1;
    });
}
