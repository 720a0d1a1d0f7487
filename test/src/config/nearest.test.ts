// Suggestions for misspelt names.
import { describe, expect, test } from '@jest/globals';
import { nearest } from '../../../src/config/nearest';

const known = ['flush.size', 's3.bucket.name', 's3.region', 's3.part.size', 'topics', 'topics.dir', 'name', 'mode'];

describe('the nearest name', () => {
  test.each([
    ['flush.sise', 'flush.size'],
    ['flush_size', 'flush.size'],
    ['fluhs.size', 'flush.size'],
    ['FLUSH.SIZE', 'flush.size'],
    ['s3.bukcet.nam', 's3.bucket.name'],
    ['s3.bucket', 's3.bucket.name'],
    ['topic', 'topics'],
    ['nmae', 'name'],
    ['something.else', undefined],
    ['x', undefined],
  ])('of %s is %s', (name, expected) => expect(nearest(name, known)).toBe(expected));
});
