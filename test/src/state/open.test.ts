import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { openState } from '../../../src/state/open';

describe('the state that a url names', () => {
  test('is a directory, a space in its name included', async () => {
    const root = mkdtempSync(join(tmpdir(), 'connectless state '));
    const store = await openState(pathToFileURL(root).href);
    await store.create('a', Buffer.from('x'));
    expect(await store.list('')).toEqual(['a']);
    rmSync(root, { recursive: true });
  });

  test.each(['', 'state', '/var/state', 'file:state', 'http://example.org', 's3://'])(
    '"%s" is refused with what to write',
    async (url) => {
      await expect(openState(url)).rejects.toThrow('write s3://bucket/prefix, or file:///directory');
    },
  );
});
