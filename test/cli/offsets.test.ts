// `connectless offsets` on a state in a directory, with a database that cannot be reached.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { offsetsCommand } from '../../cli/offsets';
import { copyWith } from '../../local/demo/connector-files';
import type { Cursor } from '../../src/source/cursor';
import { cursorKey } from '../../src/source/cursor';
import { parseCursor, printCursor } from '../../src/source/cursor-json';
import { directoryState } from '../../src/state/directory';
import type { StateStore } from '../../src/state/store';
import { temporaryDirectory } from '../integration/temporary-directory';

const NAME = 'connect-postgresql';
let directory: string;
let files: readonly string[];
let state: StateStore;
let printed: string[];
let noted: string[];

beforeEach(async () => {
  directory = await temporaryDirectory();
  const stateDirectory = join(directory, 'state');
  state = directoryState(stateDirectory);
  const worker = { 'connectless.state.url': pathToFileURL(stateDirectory).href };
  // Nobody listens there.
  const source = { 'connection.url': 'jdbc:postgresql://127.0.0.1:1/shopdb?user=nobody&password=none' };
  files = [
    await copyWith('connectors/worker.properties', directory, worker),
    await copyWith('connectors/connect-postgresql.properties', directory, source),
  ];
  [printed, noted] = [[], []];
  jest.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  jest.spyOn(console, 'error').mockImplementation((line) => void noted.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const offsets = (command: string, ...options: string[]) =>
  offsetsCommand().parseAsync([command, NAME, ...files, ...options], { from: 'user' });
const given = (cursor: Cursor) => state.create(cursorKey(NAME, cursor.table), printCursor(cursor));
const at = (table: string, incrementing: bigint): Cursor => ({ table, position: { incrementing } });
const entry = (table: string, offset: string) => `{"partition":{"protocol":"1","table":"${table}"},"offset":${offset}}`;
const whole = (...entries: string[]) => `{"offsets":[${entries.join(',')}]}`;

function midPage(until: number): Cursor {
  const rows = { column: 'id', ids: [8n, 9n] };
  const intent = { owner: 'one', until, ends: [0], topic: 'in-t', last: { incrementing: 9n }, rows };
  return { ...at('public.t', 7n), intent };
}

async function cursorOf(table: string): Promise<Cursor> {
  const key = cursorKey(NAME, table);
  return parseCursor((await state.read(key))?.body ?? Buffer.alloc(0), key);
}

async function file(content: string | Buffer): Promise<string> {
  const path = join(directory, 'given');
  await writeFile(path, content);
  return path;
}

describe('connectless offsets get', () => {
  test("prints every table's in Connect's JSON, and of pages on their way who has them and until when", async () => {
    await given(at('public.a', 9_007_199_254_740_993n));
    await given(midPage(Date.UTC(2999, 0, 1)));
    await given({ table: 'public.unread', position: {} });
    await offsets('get');
    expect(printed).toEqual([
      whole(entry('public.a', '{"incrementing":9007199254740993}'), entry('public.t', '{"incrementing":7}')),
    ]);
    expect(noted).toEqual([
      'public.t: a page of 2 rows is on its way to topic in-t (invocation one, until 2999-01-01T00:00:30.000Z)',
    ]);
  });

  test('prints none as Connect does', async () => {
    await offsets('get');
    expect(printed).toEqual(['{"offsets":[]}']);
  });

  test('prints the others, and then fails, where one cannot be read', async () => {
    await given(at('public.a', 1n));
    await state.create(cursorKey(NAME, 'public.broken'), Buffer.from('{}'));
    const refusal = { code: 'CURSOR_INVALID', message: expect.stringContaining('public.broken.json is no cursor') };
    await expect(offsets('get')).rejects.toMatchObject(refusal);
    expect(printed).toEqual([whole(entry('public.a', '{"incrementing":1}'))]);
  });

  test('knows the sources that there are', async () => {
    const get = offsetsCommand().parseAsync(['get', 'other', ...files], { from: 'user' });
    const refusal = { code: 'USAGE', message: expect.stringContaining(`the name other; they have: ${NAME}.`) };
    await expect(get).rejects.toMatchObject(refusal);
  });
});

describe('connectless offsets set', () => {
  test('takes what get prints, and leaves other tables alone', async () => {
    await given(at('public.a', 1n));
    await given(at('public.b', 1n));
    await given(at('public.c', 1n));
    const text = whole(
      entry('public.a', '{"incrementing":42}'),
      entry('public.c', 'null'),
      entry('shopdb.public.new', '{"incrementing":5}'),
    );
    await offsets('set', '--offsets', await file(text));
    expect(printed).toEqual([
      'public.a: was {"incrementing":1}, is {"incrementing":42}',
      'public.c: was {"incrementing":1}, is at its first row',
      'public.new: was at its first row, is {"incrementing":5}',
    ]);
    expect(noted).toEqual([expect.stringContaining('The database was not asked for its tables')]);
    await offsets('get');
    expect(printed.at(-1)).toBe(
      whole(
        entry('public.a', '{"incrementing":42}'),
        entry('public.b', '{"incrementing":1}'),
        entry('public.new', '{"incrementing":5}'),
      ),
    );
  });

  test('writes nothing at all while a page of one table is on its way, but with --force', async () => {
    await given(midPage(Date.now() + 60_000));
    const text = await file(whole(entry('public.a', '{"incrementing":1}'), entry('public.t', '{"incrementing":9}')));
    await expect(offsets('set', '--offsets', text)).rejects.toMatchObject({ code: 'OFFSETS_HELD' });
    expect(await state.list('source/')).toEqual([cursorKey(NAME, 'public.t')]);
    await offsets('set', '--offsets', text, '--force');
    expect(await cursorOf('public.t')).toEqual(at('public.t', 9n));
    expect(noted.at(-1)).toContain('It is forgotten');
  });

  test('drops a page whose lease is over', async () => {
    await given(midPage(0));
    await offsets('set', '--offsets', await file(whole(entry('public.t', '{"incrementing":9}'))));
    expect(await cursorOf('public.t')).toEqual(at('public.t', 9n));
    expect(noted.at(-1)).toContain('was on its way, and is not settled');
  });

  test('replaces a cursor that cannot be read with --force', async () => {
    await state.create(cursorKey(NAME, 'public.t'), Buffer.from('no cursor'));
    const text = await file(whole(entry('public.t', '{"incrementing":9}')));
    await expect(offsets('set', '--offsets', text)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await offsets('set', '--offsets', text, '--force');
    expect(printed).toEqual(['public.t: was (unreadable), is {"incrementing":9}']);
  });

  test('asks for a schema where neither name nor database say it', async () => {
    const text = await file(whole(entry('t', '{"incrementing":9}')));
    await expect(offsets('set', '--offsets', text)).rejects.toMatchObject({ code: 'OFFSETS_INVALID' });
  });

  test('says which file cannot be read', async () => {
    await expect(offsets('set', '--offsets', '/nowhere')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('connectless offsets import', () => {
  const line = (table: string, id: number) => `["${NAME}",{"protocol":"1","table":"${table}"}]\t{"incrementing":${id}}`;

  test.each([
    ['what GET answered', whole(entry('shopdb.public.t', '{"incrementing":9}'))],
    ['the lines of a console consumer', [line('shopdb.public.t', 7), line('shopdb.public.t', 9)].join('\n')],
  ])('takes %s', async (_, content) => {
    await offsets('import', '--file', await file(content));
    expect(await cursorOf('public.t')).toEqual(at('public.t', 9n));
  });

  test('may be run again, and does not set back what has gone on since', async () => {
    const text = await file(line('public.t', 9));
    await offsets('import', '--file', text);
    await offsets('import', '--file', text);
    await state.replace(cursorKey(NAME, 'public.t'), printCursor(at('public.t', 12n)), '2');
    await expect(offsets('import', '--file', text)).rejects.toMatchObject({ code: 'OFFSETS_BEHIND' });
    await offsets('import', '--file', text, '--force');
    expect(await cursorOf('public.t')).toEqual(at('public.t', 9n));
  });

  test('names the connectors that a store has offsets of, when it has none of this one', async () => {
    const text = await file(line('public.t', 9).replace(NAME, 'elsewhere'));
    const message = expect.stringContaining(`no offset of connector ${NAME}, but offsets of elsewhere`);
    await expect(offsets('import', '--file', text)).rejects.toMatchObject({ code: 'OFFSETS_INVALID', message });
  });

  test('needs to know where from', async () => {
    await expect(offsets('import')).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('connectless offsets reset', () => {
  beforeEach(async () => {
    await given(at('public.a', 1n));
    await given(at('sales.b', 2n));
  });

  test('resets one table, by any form of its name', async () => {
    await offsets('reset', '--table', 'b');
    await offsets('get');
    expect(printed).toEqual([
      'sales.b: was {"incrementing":2}, is at its first row',
      whole(entry('public.a', '{"incrementing":1}')),
    ]);
  });

  test('resets all of them', async () => {
    await offsets('reset');
    await offsets('get');
    expect(printed.at(-1)).toBe('{"offsets":[]}');
  });

  test('names those that there are', async () => {
    const refusal = { code: 'USAGE', message: expect.stringContaining('it has: public.a, sales.b.') };
    await expect(offsets('reset', '--table', 'other')).rejects.toMatchObject(refusal);
  });
});

test.each(['get', 'set', 'import', 'reset'])('the help has an example of %s', (command) => {
  let help = '';
  offsetsCommand()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
    })
    .outputHelp();
  expect(help).toContain(`connectless offsets ${command} connect-postgresql `);
});
