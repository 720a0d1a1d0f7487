// What is in files of a sink, as the cases were recorded: Avro is read by fastavro.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parquetMetadata } from 'hyparquet';
import { parts } from '../../../local/servers/parts';
import { blockBytes, containerHeader, readContainer, SYNC_BYTES } from '../../../src/avro/container';
import { temporaryDirectory } from '../temporary-directory';
import type { RecordedFile } from './recorded-case';

const run = promisify(execFile);

/** Bytes and what JSON cannot say are told as bytes_hex and Python's repr. */
const fastavro = `
import json, sys, fastavro
def plain(value):
    if isinstance(value, dict): return {name: plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)): return [plain(member) for member in value]
    if isinstance(value, (bytes, bytearray)): return {'bytes_hex': value.hex()}
    if isinstance(value, float) and value - value != 0: return repr(value)
    if value is None or isinstance(value, (bool, int, float, str)): return value
    return repr(value)
found = {}
for name in sys.argv[2:]:
    with open(sys.argv[1] + '/' + name, 'rb') as file:
        reader = fastavro.reader(file)
        records = [plain(record) for record in reader]
        found[name] = {'codec': reader.codec, 'schema': reader.metadata['avro.schema'], 'records': records}
print(json.dumps(found))
`;

interface SinkFile {
  readonly key: string;
  readonly body: Buffer;
}

/** In the order of the files; all in one process of Python. */
export async function contentsOf(files: readonly SinkFile[]): Promise<RecordedFile[]> {
  const directory = join(await temporaryDirectory(), 'files');
  await mkdir(directory);
  const avro = files.flatMap(({ key, body }, index) => (key.endsWith('.avro') ? [{ name: String(index), body }] : []));
  await Promise.all(avro.map(({ name, body }) => writeFile(join(directory, name), forFastavro(body))));
  const script = ['-c', fastavro, directory, ...avro.map(({ name }) => name)];
  const { stdout } = await run(parts().python, script, { maxBuffer: 1 << 28 });
  const found: Readonly<Record<string, RecordedFile>> = JSON.parse(stdout);
  return files.map((file, index) => {
    const container = found[index];
    return container === undefined ? otherFile(file) : { ...container, codec: readContainer(file.body).codec };
  });
}

/** fastavro alone reads these codecs; what is in another one is written anew. */
function forFastavro(body: Buffer): Buffer {
  const { codec, schema, blocks } = readContainer(body);
  if (/^(null|deflate|bzip2)$/.test(codec)) return body;
  const sync = Buffer.alloc(SYNC_BYTES);
  const header = containerHeader({ 'avro.schema': schema, 'avro.codec': 'null' }, sync);
  return Buffer.concat([header, ...Array.from(blocks, ({ count, data }) => blockBytes(count, data, sync))]);
}

/** JSON is UTF-8; of other bytes each is a character. */
function otherFile({ key, body }: SinkFile): RecordedFile {
  if (key.endsWith('.parquet')) return { count: Number(parquetMetadata(new Uint8Array(body).buffer).num_rows) };
  const bytes = key.endsWith('.gz') ? gunzipSync(body) : body;
  const text = bytes.toString(/\.json(\.gz)?$/.test(key) ? 'utf8' : 'latin1');
  return key.endsWith('.gz') ? { text, gunzipped_size: bytes.length } : { text };
}
