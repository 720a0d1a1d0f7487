import { expect, test } from '@jest/globals';
import { withOverrides } from '../../../local/demo/connector-files';

test('an override replaces the property’s line, and is added where the file lacks it', () => {
  expect(withOverrides('# a comment\nflush.size=3\ntopics=a\n', { 'flush.size': '1', 'store.url': 'http://x' })).toBe(
    '# a comment\nflush.size=1\ntopics=a\nstore.url=http://x\n',
  );
});

test('a comment that names the property is left alone', () => {
  expect(withOverrides('# flush.size=3\n', { 'flush.size': '1' })).toBe('# flush.size=3\nflush.size=1\n');
});
