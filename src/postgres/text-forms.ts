// The settings that a value's text depends on.

/** In the forms that the row writers read. */
export const TEXT_FORMS = {
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '3',
  bytea_output: 'hex',
} as const;
