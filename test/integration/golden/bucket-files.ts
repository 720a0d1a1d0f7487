// The objects of a bucket below a prefix, and what is in them.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { parts } from '../../../local/servers/parts';
import type { FreshBucket } from '../fresh-bucket';
import { temporaryDirectory } from '../temporary-directory';
import type { RecordedFile } from './recorded-case';

const run = promisify(execFile);

export async function keysBelow({ client, bucket }: FreshBucket, prefix: string): Promise<string[]> {
  const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return (listed.Contents ?? []).map(({ Key = '' }) => Key).sort();
}

export async function readObject({ client, bucket }: FreshBucket, key: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

export async function openUploads({ client, bucket }: FreshBucket, prefix: string): Promise<number> {
  const listed = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
  return listed.Uploads?.length ?? 0;
}

/** As the cases were recorded: bytes and what JSON cannot say are told as bytes_hex and Python's repr. */
const fastavro = `
import json, sys, fastavro
def plain(value):
    if isinstance(value, dict): return {name: plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)): return [plain(member) for member in value]
    if isinstance(value, (bytes, bytearray)): return {'bytes_hex': value.hex()}
    if isinstance(value, float) and value != value: return 'NaN'
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

/** Each body's content by its place in the list; Avro is read by fastavro, all in one process. */
export async function contentsOf(files: ReadonlyArray<{ key: string; body: Buffer }>): Promise<RecordedFile[]> {
  const directory = join(await temporaryDirectory(), 'files');
  await mkdir(directory);
  const avro = files.flatMap(({ key }, index) => (key.endsWith('.avro') ? [String(index)] : []));
  await Promise.all(avro.map((name) => writeFile(join(directory, name), files[Number(name)]?.body ?? '')));
  const maxBuffer = 1 << 28;
  const { stdout } = await run(parts().python, ['-c', fastavro, directory, ...avro], { maxBuffer });
  const found: Readonly<Record<string, RecordedFile>> = JSON.parse(stdout);
  return files.map(({ key, body }, index) => found[index] ?? textOf(key, body));
}

/** JSON is UTF-8; of other bytes each is a character. */
function textOf(key: string, body: Buffer): RecordedFile {
  const bytes = key.endsWith('.gz') ? gunzipSync(body) : body;
  const text = bytes.toString(/\.json(\.gz)?$/.test(key) ? 'utf8' : 'latin1');
  return key.endsWith('.gz') ? { text, gunzipped_size: bytes.length } : { text };
}
