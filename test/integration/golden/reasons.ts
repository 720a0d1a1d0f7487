// Why a recorded case does not run: the code that its sink stops with, or the property that its validation names.

/** By the case's name. */
export const reasons: Readonly<Record<string, string>> = {
  affix_suffix: 's3.schema.partition.affix.type',
  bytes_with_avro_converter: 'value.converter',
  codec_xz: 'avro.codec',
  compat_bad_value: 'schema.compatibility',
  field_bytes: 'PARTITION_FIELD_TYPE',
  field_double: 'PARTITION_FIELD_TYPE',
  field_missing: 'PARTITION_FIELD_MISSING',
  field_timestamp: 'PARTITION_FIELD_TYPE',
  flush_size_missing: 'flush.size',
  keys_null_json: 'KEY_NULL',
  nulls_dlq: 'NULL_VALUE',
  nulls_write: 'store.kafka.keys',
  rotate_schedule_no_tz: 'timezone',
  time_recordfield_missing: 'TIMESTAMP_FIELD_MISSING',
  tolerance_none_truncated: 'BROKEN_DATUM',
};
