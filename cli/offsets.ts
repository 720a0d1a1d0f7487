// `connectless offsets`: how far a source has read each table, in Kafka Connect's JSON: looked at, set, imported, reset.
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { ConnectlessError, messageOf } from '../src/errors';
import { type ConnectOffset, parseOffsets, printOffsets } from '../src/source/connect-offsets';
import { type Change, inFlight } from '../src/source/connect-offsets-change';
import { planChanges } from '../src/source/connect-offsets-plan';
import { resolveTable } from '../src/source/connect-offsets-tables';
import { type OffsetClock, offsetClock } from './offsets-clock';
import { knownTables, type OffsetsConnector, offsetsConnector } from './offsets-connector';
import { changeCursors, type FoundCursor, listCursors } from './offsets-cursors';
import { importedOffsets, ofConnector } from './offsets-input';
import { listTables } from './offsets-tables';
import { topicOffsets } from './offsets-topic';
import { usage } from './property-option';

const HELP = `
The JSON is that of Connect's REST API: what GET /connectors/NAME/offsets of a Connect cluster answers, set takes, and PATCH takes
what get prints. docs/offsets.md has all of it.

Examples:
  $ connectless offsets get connect-postgresql connectors/worker.properties connectors/*.properties
  $ curl -s http://CONNECT:8083/connectors/connect-postgresql/offsets |
      connectless offsets import connect-postgresql --file - connectors/worker.properties connectors/*.properties
  $ connectless offsets import connect-postgresql --topic connect-offsets connectors/worker.properties connectors/*.properties
  $ echo '{"offsets":[{"partition":{"protocol":"1","table":"public.prices"},"offset":{"incrementing":42}}]}' |
      connectless offsets set connect-postgresql --offsets - connectors/worker.properties connectors/*.properties
  $ connectless offsets reset connect-postgresql --table public.prices connectors/worker.properties connectors/*.properties`;

const FORCE =
  'also while a page may be on its way, over a cursor that cannot be read, and back over rows that were read';

interface Options {
  readonly force?: true;
}

export function offsetsCommand(): Command {
  return new Command('offsets')
    .description("look at, set, import or reset how far a source has read its tables, in Connect's JSON")
    .addHelpText('after', HELP)
    .addCommand(files(new Command('get').description('print the offsets of all its tables')).action(get))
    .addCommand(
      files(new Command('set').description('write offsets, as PATCH does; "offset":null resets a table'))
        .requiredOption('--offsets <file>', 'the JSON; - for the standard input')
        .option('--force', FORCE)
        .action(set),
    )
    .addCommand(
      files(new Command('import').description('take over what Kafka Connect left'))
        .addOption(new Option('--topic <name>', "the worker's offset.storage.topic, on its bootstrap.servers"))
        .addOption(
          new Option(
            '--file <file>',
            "what GET .../offsets answered, a console consumer's lines with print.key=true, or a standalone worker's offset.storage.file.filename; - for the standard input",
          ).conflicts('topic'),
        )
        .option('--force', FORCE)
        .action(importThem),
    )
    .addCommand(
      files(new Command('reset').description('have its tables read from their first row, as DELETE does'))
        .option('--table <schema.table>', 'this one alone')
        .option('--force', FORCE)
        .action(reset),
    );
}

function files(command: Command): Command {
  return command
    .argument('<connector>', "the source's name")
    .argument('<worker.properties>', 'the worker: Kafka, state')
    .argument('<connector.properties...>', "the connectors' files, the source's among them");
}

function note(line: string): void {
  console.error(line);
}

async function get(name: string, worker: string, connectors: string[]): Promise<void> {
  const connector = await offsetsConnector(name, worker, connectors);
  const found = await listCursors(connector.state, name);
  const readable = found.flatMap(({ cursor }) => (cursor === 'unreadable' ? [] : [cursor]));
  // As in Connect: one without an offset is none.
  const begun = readable.filter(({ position }) => Object.keys(position).length > 0);
  const clock = await offsetClock(connector.config);
  console.log(
    printOffsets(begun.map(({ table, position }) => ({ table, position: clock.toConnect(table, position) }))),
  );
  for (const { table, intent } of readable) {
    if (intent !== undefined) note(inFlight(table, intent, connector.worker.kafka.requestTimeoutMs, Date.now()));
  }
  const broken = found.flatMap(({ error }) => (error === undefined ? [] : [error]));
  if (broken.length > 0) throw new ConnectlessError('CURSOR_INVALID', broken.join('\n'));
}

async function set(
  name: string,
  worker: string,
  connectors: string[],
  options: Options & { readonly offsets: string },
): Promise<void> {
  const connector = await offsetsConnector(name, worker, connectors);
  await apply(connector, parseOffsets(`${await contentOf(options.offsets)}`), { ...options, isImport: false });
}

async function importThem(
  name: string,
  worker: string,
  connectors: string[],
  options: Options & { readonly topic?: string; readonly file?: string },
): Promise<void> {
  const { topic, file } = options;
  const connector = await offsetsConnector(name, worker, connectors);
  if (topic !== undefined) {
    const records = await topicOffsets(connector.worker.kafka, topic);
    return apply(connector, ofConnector(records, name, `Topic ${topic}`), { ...options, isImport: true });
  }
  if (file === undefined) throw usage('offsets import needs --topic connect-offsets, or --file FILE.');
  await apply(connector, importedOffsets(await contentOf(file), name, file), { ...options, isImport: true });
}

async function apply(
  connector: OffsetsConnector,
  offsets: readonly ConnectOffset[],
  options: Options & { readonly isImport: boolean },
): Promise<void> {
  const { config } = connector;
  const known = await knownTables(config, () => listTables(config), note);
  const { changes, notes } = planChanges(offsets, known, config, options.isImport);
  for (const line of notes) note(line);
  const clock = await offsetClock(config);
  const moved = changes.map(({ table, position }) => ({ table, position: clock.toCursor(table, position) }));
  await change(connector, moved, options, clock.toConnect);
}

async function reset(
  name: string,
  worker: string,
  connectors: string[],
  options: Options & { readonly table?: string },
): Promise<void> {
  const connector = await offsetsConnector(name, worker, connectors);
  const found = await listCursors(connector.state, name);
  const wanted = options.table === undefined ? found : [cursorOf(options.table, found, connector)];
  const changes = wanted.map(({ table }) => ({ table, position: {} }));
  if (changes.length === 0) note(`${name} has no offsets.`);
  await change(connector, changes, { ...options, isImport: false });
}

/** Throws USAGE with those that there are. */
function cursorOf(name: string, found: readonly FoundCursor[], { config }: OffsetsConnector): FoundCursor {
  const tables = found.map(({ table }) => {
    const [schema = '', ...rest] = table.split('.');
    return { schema, name: rest.join('.') };
  });
  const resolved = resolveTable(name, { database: config.database.database, tables });
  const table = 'table' in resolved ? resolved.table : name;
  const one = found.find((cursor) => cursor.table === table);
  if (one !== undefined) return one;
  const known = found.map((cursor) => cursor.table).join(', ');
  throw usage(`${config.name} has no offset of a table ${name}; it has: ${known || 'none'}.`);
}

async function change(
  { state, config, worker }: OffsetsConnector,
  changes: readonly Change[],
  { force, isImport }: Options & { readonly isImport: boolean },
  shownAs: OffsetClock['toConnect'] = (_, position) => position,
): Promise<void> {
  const { requestTimeoutMs } = worker.kafka;
  const rules = { now: Date.now(), requestTimeoutMs, mode: config.mode, force: force ?? false, isImport };
  for (const line of await changeCursors(state, config.name, changes, { ...rules, shownAs }, note)) console.log(line);
}

async function contentOf(file: string): Promise<Buffer> {
  if (file === '-') return buffer(process.stdin);
  return readFile(file).catch((error) => {
    throw new ConnectlessError('FILE_UNREADABLE', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
}
