// An Avro file as JSON, and files that are none.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { tojsonCommand } from '../../cli/tojson';
import { blockBytes, containerHeader, SYNC_BYTES } from '../../src/avro/container';

const sync = Buffer.alloc(SYNC_BYTES, 7);
const header = containerHeader({ 'avro.schema': '"long"', 'avro.codec': 'null' }, sync);
const file = Buffer.concat([header, blockBytes(2, Buffer.from([2, 4]), sync), blockBytes(1, Buffer.from([1]), sync)]);

const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
afterEach(() => {
  written.mockClear();
});
const output = () => written.mock.calls.map(([text]) => text).join('');

async function tojson(content: Buffer): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'connectless-test-')), 'file.avro');
  await writeFile(path, content);
  await tojsonCommand().parseAsync([path], { from: 'user' });
  return path;
}

describe('tojson', () => {
  test('prints one record a line, over all blocks', async () => {
    await tojson(file);
    expect(output()).toBe('1\n2\n-1\n');
  });

  test('names a file that is no Avro container', async () => {
    await expect(tojson(Buffer.from('{}'))).rejects.toThrow(/file\.avro: .*no Avro container file/);
  });

  test('prints what is whole of a file that is cut off, and says that it is', async () => {
    await expect(tojson(file.subarray(0, -3))).rejects.toMatchObject({ code: 'INVALID_CONTAINER' });
    expect(output()).toBe('1\n2\n');
  });

  test('names a file that is not there, and an address without a key', async () => {
    const run = (path: string) => tojsonCommand().parseAsync([path], { from: 'user' });
    await expect(run('/nowhere.avro')).rejects.toThrow(/^\/nowhere.avro cannot be read: .*ENOENT/);
    await expect(run('s3://bucket')).rejects.toThrow('write s3://bucket/key');
  });
});
