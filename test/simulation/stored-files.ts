// All files of a schedule with the offsets of their rows, siblings together; those in the bucket, moved away, and still open.
import type { Role } from '../../src/sink/partition-state';
import { decodeState } from '../../src/sink/state-form';
import { openRows, rowsIn } from './rows';
import { filesOf, type World } from './world';

export interface StoredFile {
  readonly key: string;
  /** Of the records that its rows are of, as the rows say it. */
  readonly offsets: readonly number[];
  /** Names of the values' fields, by row. */
  readonly fields: readonly string[][];
}

/** Files whose rows belong to the same records. */
export interface Siblings {
  readonly partition: number;
  /** As their names have it. */
  readonly startOffset: number;
  readonly files: Map<Role, StoredFile>;
}

/** Throws what a decoder throws. */
export async function storedFiles(world: World): Promise<Siblings[]> {
  const all = new Map<string, Siblings>();
  for (const [key, body] of filesOf(world)) add(all, key, rowsIn(key, body));
  for (const stateKey of await world.state.list('')) {
    const object = await world.state.read(stateKey);
    const open = object === undefined ? [] : decodeState(object.body, stateKey).open;
    for (const stream of open.flatMap(({ streams }) => streams)) {
      const { upload } = stream;
      const parts = upload === undefined ? Buffer.alloc(0) : world.bucket.uploaded(upload.id, upload.etags.length);
      add(all, stream.key, openRows(stream, parts));
    }
  }
  return [...all.values()];
}

function add(all: Map<string, Siblings>, key: string, rows: readonly unknown[]): void {
  const [, directory, partition, offset, role = 'value'] = NAME.exec(key) ?? [];
  if (!isRole(role)) throw new Error(`no file is called ${key}`);
  const name = [directory, partition, offset].join('+');
  const siblings = all.get(name) ?? { partition: Number(partition), startOffset: Number(offset), files: new Map() };
  all.set(name, siblings);
  const fields = rows.map((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : []));
  siblings.files.set(role, { key, offsets: rows.map(offsetIn[role]), fields });
}

const NAME = /^topics\/prices\/(.*)\/prices\+(\d+)\+(\d+)(?:\.(keys|headers))?\.(?:avro|json|json\.gz)$/;

function isRole(role: string): role is Role {
  return role in offsetIn;
}

/** A value's `id`, a key's text, the value of the only header. */
const offsetIn: Readonly<Record<Role, (row: unknown) => number>> = {
  value: (row) => numberIn(row, /"id":(\d+)/),
  keys: (row) => numberIn(row, /^"key (\d+)"$/),
  headers: (row) => numberIn(row, /\[\{"key":"h","value":"(\d+)"\}\]/),
};

function numberIn(row: unknown, pattern: RegExp): number {
  const isRecord = typeof row === 'object' && row !== null && 'id' in row;
  return Number(pattern.exec(JSON.stringify(isRecord ? { id: row.id } : row))?.[1]);
}
