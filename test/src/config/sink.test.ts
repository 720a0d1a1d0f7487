// Faults of a sink's file.
import { describe, expect, test } from '@jest/globals';
import { parseProperties } from '../../../src/config/properties';
import { faultLine } from '../../../src/config/report';
import { validatePipeline } from '../../../src/config/validate';
import { faultsOf, file, type Properties, SINK, WORKER } from './files';

describe('a fault of a sink', () => {
  test.each<[Properties, string]>([
    [{ 'flush.size': undefined }, 'c0: flush.size: is missing (Records in a file); add flush.size=…, valid: ≥ 1'],
    [{ 'flush.size': 'three' }, 'c0:5: flush.size: "three" is not a whole number; write digits only'],
    [{ 'flush.sise': '3' }, 'c0:8: flush.sise: is not a known property; did you mean flush.size?'],
    [{ 's3.part.size': '5242879' }, 'c0:8: s3.part.size: "5242879" is less than 5242880; write a number from 5242880'],
    [{ topics: 'a b' }, 'c0:3: topics: "a b" is no name of a topic; use letters, digits, ".", "_" and "-", up to 249'],
    [
      { topics: '' },
      'c0:3: topics: is missing (Topics to store), and so is topics.regex; add topics=… or topics.regex=…',
    ],
    [
      { topics: undefined },
      'c0: topics: is missing (Topics to store), and so is topics.regex; add topics=… or topics.regex=…',
    ],
    [{ 'topics.regex': 'a.*' }, 'c0:8: topics.regex: is set beside topics; keep one of them'],
    [
      { topics: undefined, 'topics.regex': '(?i)a' },
      'c0:7: topics.regex: "(?i)a" has flags inside it, (?i), which only Java\'s patterns have; write both cases: [Pp]rices',
    ],
    [{ topics: 'a,a' }, 'c0:3: topics: names a topic twice; name it once'],
    [
      { 'topics.dir': '../x' },
      'c0:8: topics.dir: "../x" would make keys that tools cannot reach; leave out control characters and segments of dots',
    ],
    [
      { 'aws.secret.access.key': 'hunter2' },
      "c0:8: aws.secret.access.key: is not supported: credentials come from AWS's own chain, or AWS_ACCESS_KEY and AWS_SECRET_KEY in the environment; delete the line, or write its default (empty)",
    ],
    [{ 'connection.url': 'x' }, 'c0:8: connection.url: is a property of the source; move or delete the line'],
    [
      { 'zzz.unheard.of': 'x' },
      'c0:8: zzz.unheard.of: is not a known property; delete the line; docs/configuration.md lists all',
    ],
  ])('%j is reported', (properties, line) => expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([line]));

  test('a property that is set twice is reported with both lines', () => {
    const twice = parseProperties(
      'c0',
      Buffer.from(
        `${Object.entries(SINK)
          .map(([k, v]) => `${k}=${v}`)
          .join('\n')}\nflush.size=4`,
      ),
    );
    expect(validatePipeline(file('w', WORKER), [twice]).faults.map(faultLine)).toEqual([
      'c0:8: flush.size: is set again, after line 5; Java would take the last; delete one of the lines',
    ]);
  });
});
