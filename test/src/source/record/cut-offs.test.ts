import { describe, expect, test } from '@jest/globals';
import type { TypesConfig } from '../../../../src/config/source-model';
import type { Column } from '../../../../src/source/record/column';
import { cutOffs } from '../../../../src/source/record/cut-offs';
import { sourceConfig } from '../../../source-config';
import { column, numericTypmod } from './columns';

const { types: connectTypes } = sourceConfig;

const array = (type: string, typmod = -1): Partial<Column> => ({
  element: { type, isEnum: false, typmod, delimiter: ',' },
});
const whatOf = (of: Column, change: Partial<TypesConfig>) =>
  cutOffs([of], { ...connectTypes, ...change }).map(({ what }) => what);
const SHAPE = 'dimensions and bounds of an array that has not one dimension from 1';

describe('what is cut off', () => {
  test('is told with the column and what keeps it', () => {
    const columns = [column('at', 'timestamptz'), column('day', 'date'), column('clock', 'timetz', { typmod: 0 })];
    expect(cutOffs(columns, connectTypes)).toEqual([
      { column: 'at', what: 'microseconds', keep: 'timestamp.granularity=micros_long, or connectless.types=exact' },
      { column: 'clock', what: 'the offset from UTC', keep: 'connectless.types=exact' },
    ]);
  });

  test.each<[Column, Partial<TypesConfig>, readonly string[]]>([
    [column('v', 'timestamp', { typmod: 3 }), {}, []],
    [column('v', 'timestamp', { typmod: 4 }), {}, ['microseconds']],
    [column('v', 'time'), {}, ['microseconds']],
    [column('v', 'timestamp'), { timestampGranularity: 'micros_long' }, ['times after the year 294246']],
    [column('v', 'timestamp'), { timestampGranularity: 'nanos_long' }, ['times before 1678 and after 2261']],
    [column('v', 'timestamp'), { timestampGranularity: 'nanos_string' }, []],
    [column('v', 'timestamp'), { timestampGranularity: 'micros_iso_datetime_string' }, ['BC behind a year']],
    [
      column('v', 'timestamptz'),
      { timestampGranularity: 'nanos_iso_datetime_string' },
      ['BC behind a year', 'the offset from UTC'],
    ],
    [column('v', 'numeric', { typmod: numericTypmod(16, 2) }), {}, []],
    [column('v', 'numeric', { typmod: numericTypmod(15, 2) }), { numericMapping: 'best_fit' }, []],
    [
      column('v', 'numeric', { typmod: numericTypmod(16, 2) }),
      { numericMapping: 'best_fit' },
      ['digits behind the fifteenth'],
    ],
    [column('v', 'numeric', { typmod: numericTypmod(38, 2) }), { numericMapping: 'best_fit' }, []],
    [
      column('v', 'numeric', { typmod: numericTypmod(38, 2) }),
      { numericMapping: 'best_fit_eager_double' },
      ['digits behind the fifteenth'],
    ],
    [
      column('v', 'numeric'),
      { numericMapping: 'precision_only' },
      ['everything but whole numbers from -128 to 127: the source stops at a row with another'],
    ],
    [column('v', '_int4', array('int4')), {}, [SHAPE]],
    [column('v', '_timestamp', array('timestamp')), {}, [SHAPE, 'microseconds']],
    [column('v', '_numeric', array('numeric')), { numericMapping: 'best_fit' }, [SHAPE]],
    [column('v', '_timestamp', { ...array('timestamp'), dimensions: 2 }), {}, []],
    [column('v', 'timestamp', { isEnum: true }), {}, []],
    [column('v', 'inet'), {}, []],
  ])('%j under %j: %j', (of, change, what) => {
    expect(whatOf(of, change)).toEqual(what);
    expect(whatOf(of, { ...change, exact: true })).toEqual([]);
  });
});
