// What a sink writes objects with, and what becomes of nulls.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SINK, validate, WORKER } from './files';

const STORED_KEYS = {
  'store.kafka.keys': 'true',
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
};

describe('objects', () => {
  test.each<[Properties, object]>([
    [{}, { retries: 3, retryBackoffMs: 200 }],
    [
      { 's3.part.retries': '0', 's3.retry.backoff.ms': '1000' },
      { retries: 0, retryBackoffMs: 1000 },
    ],
    [{ 's3.ssea.name': 'AES256' }, { retries: 3, retryBackoffMs: 200, sse: { algorithm: 'AES256' } }],
    [{ 's3.ssea.name': 'aws:kms' }, { retries: 3, retryBackoffMs: 200, sse: { algorithm: 'aws:kms' } }],
    [
      { 's3.ssea.name': 'aws:kms', 's3.sse.kms.key.id': 'alias/k' },
      { retries: 3, retryBackoffMs: 200, sse: { algorithm: 'aws:kms', kmsKeyId: 'alias/k' } },
    ],
    [{ 's3.acl.canned': 'public-read' }, { retries: 3, retryBackoffMs: 200, acl: 'public-read' }],
    [{ 's3.object.tagging': 'true' }, { retries: 3, retryBackoffMs: 200, tagging: { extra: {}, onError: 'ignore' } }],
    [
      {
        's3.object.tagging': 'true',
        's3.object.tagging.key.value.pairs': 'team:data,url:http://a',
        's3.object.behavior.on.tagging.error': 'FAIL',
      },
      { retries: 3, retryBackoffMs: 200, tagging: { extra: { team: 'data', url: 'http://a' }, onError: 'fail' } },
    ],
    [{ 's3.object.tagging.key.value.pairs': 'team:data' }, { retries: 3, retryBackoffMs: 200 }],
  ])('are written with %j', (properties, objects) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors[0]).toHaveProperty('objects', objects);
  });

  test.each<[Properties, object]>([
    [{}, { behavior: 'fail', toDeadLetters: true, directory: 'tombstone' }],
    [
      { 'behavior.on.null.values': 'IGNORE', 'report.null.values.to.dlq': 'false' },
      { behavior: 'ignore', toDeadLetters: false, directory: 'tombstone' },
    ],
    [
      { ...STORED_KEYS, 'behavior.on.null.values': 'write', 'tombstone.encoded.partition': 'gone' },
      { behavior: 'write', toDeadLetters: true, directory: 'gone' },
    ],
  ])('and nulls %j', (properties, nulls) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors[0]).toHaveProperty('nulls', nulls);
  });

  const tagging = (pairs: string) => ({ 's3.object.tagging': 'true', 's3.object.tagging.key.value.pairs': pairs });
  test.each<[Properties, RegExp]>([
    [
      { 's3.sse.kms.key.id': 'k' },
      /s3\.sse\.kms\.key\.id: has no effect without s3\.ssea\.name=aws:kms; add that line, /,
    ],
    [{ 's3.ssea.name': 'AES256', 's3.sse.kms.key.id': 'k' }, /s3\.sse\.kms\.key\.id: has no effect without /],
    [{ 's3.ssea.name': 'DES', 's3.sse.kms.key.id': 'k' }, /s3\.ssea\.name: "DES" is none of /],
    [
      { 's3.ssea.name': 'aws:kms:dsse' },
      /s3\.ssea\.name: "aws:kms:dsse" is not supported yet \(AES256 and aws:kms are\); /,
    ],
    [
      { 's3.sse.customer.key': 'hunter2' },
      /s3\.sse\.customer\.key: is not supported: every reader would need that key, too: /,
    ],
    [{ 's3.acl.canned': 'public' }, /s3\.acl\.canned: "public" is none of private, public-read, /],
    [{ 's3.wan.mode': 'true' }, /s3\.wan\.mode: is not supported: /],
    [{ 's3.proxy.url': 'http://p:1' }, /s3\.proxy\.url: is not supported: a proxy is not supported; /],
    [
      { 's3.credentials.provider.class': 'com.acme.P' },
      /s3\.credentials\.provider\.class: is not supported: credentials come from /,
    ],
    [{ 's3.part.retries': '-1' }, /s3\.part\.retries: "-1" is less than 0; /],
    [tagging('team'), /key\.value\.pairs: "team" is no key:value; /],
    [tagging('startOffset:1'), /"startOffset:1" has the sink's own tag startOffset; /],
    [tagging('aws:x:1'), /begins with aws:, /],
    [tagging('a:1,a:2'), /has the tag a twice; /],
    [tagging('a:1,b:1,c:1,d:1,e:1,f:1,g:1,h:1'), /has more than 7 tags, /],
    [tagging('a:#'), /has a character that no tag may have; /],
    [tagging(`a:${'x'.repeat(257)}`), /is longer than a tag may be; /],
    [{ 's3.object.behavior.on.tagging.error': 'shrug' }, /"shrug" is none of ignore, fail; /],
    [{ 'behavior.on.null.values': 'drop' }, /behavior\.on\.null\.values: "drop" is none of fail, ignore, write; /],
    [
      { 'tombstone.encoded.partition': '..' },
      /tombstone\.encoded\.partition: "\.\." would make keys that tools cannot reach; /,
    ],
  ])('%j is reported', (properties, line) =>
    expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([expect.stringMatching(line)]),
  );
});
