// Properties that say which Avro types a JDBC source's columns get.
import { type Definition, unsupported, used } from '../definition';
import { inAnyCase, oneOf, timeZone } from '../validators';

export const NUMERIC_MAPPINGS = ['none', 'precision_only', 'best_fit', 'best_fit_eager_double'] as const;

export const TIMESTAMP_GRANULARITIES = [
  'connect_logical',
  'micros_long',
  'micros_string',
  'micros_iso_datetime_string',
  'nanos_long',
  'nanos_string',
  'nanos_iso_datetime_string',
] as const;

export const sourceTypes: readonly Definition[] = [
  ...used([
    ['db.timezone', 'string', 'UTC', 'medium', 'Time zone of `timestamp` columns.', timeZone],
    [
      'numeric.mapping',
      'string',
      null,
      'low',
      'Avro type of `numeric` columns; without it `none`, or as `numeric.precision.mapping` says.',
      inAnyCase(...NUMERIC_MAPPINGS),
    ],
    [
      'numeric.precision.mapping',
      'boolean',
      'false',
      'low',
      'Older form of `numeric.mapping=precision_only`; has no effect beside `numeric.mapping`.',
    ],
    [
      'timestamp.granularity',
      'string',
      'connect_logical',
      'low',
      'Avro type of timestamps: milliseconds as `connect_logical`, or micro- or nanoseconds.',
      inAnyCase(...TIMESTAMP_GRANULARITIES),
    ],
    ['connectless.types', 'string', null, 'medium', 'Keeps every bit of every type.', oneOf('exact')],
  ]),
  ...unsupported('other values are not supported yet', [
    ['db.timestamp.*', 'string', null, 'low', 'Format of dates and timestamps.'],
    ['timestamp.fetch.*', 'string', null, 'low', 'Details of timestamps.'],
  ]),
];
