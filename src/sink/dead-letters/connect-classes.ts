// Java's names for where and why a record failed, so that what looks at Connect's dead letters and logs goes on working.
import { CONVERTERS, HEADER_CONVERTERS } from '../../config/definitions/converter';
import type { SinkConfig } from '../../config/sink-model';
import type { ConnectlessError } from '../../errors';
import type { Stage } from '../record';

const DATA_EXCEPTION = 'org.apache.kafka.connect.errors.DataException';
const PROJECTION_EXCEPTION = 'org.apache.kafka.connect.errors.SchemaProjectorException';
const PARTITION_EXCEPTION = 'io.confluent.connect.storage.errors.PartitionException';

/** Converters, Confluent's record writers, and its partitioners for a field that is missing, throw DataException. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  NOT_PROJECTABLE: PROJECTION_EXCEPTION,
  SCHEMA_VERSION_REQUIRED: PROJECTION_EXCEPTION,
  PARTITION_FIELD_TYPE: PARTITION_EXCEPTION,
  TIMESTAMP_FIELD_TYPE: PARTITION_EXCEPTION,
  KEY_TOO_LONG: 'org.apache.kafka.connect.errors.ConnectException',
};

export function exceptionClass({ code }: ConnectlessError): string {
  return EXCEPTIONS[code] ?? DATA_EXCEPTION;
}

/** What Connect runs in that stage; in TASK_PUT it says SinkTask, whatever the connector (WorkerErrantRecordReporter). */
export function executingClass({ converters }: Pick<SinkConfig, 'converters'>, stage: Stage): string {
  switch (stage) {
    case 'VALUE_CONVERTER':
      return CONVERTERS[converters.value.kind];
    case 'KEY_CONVERTER':
      return CONVERTERS[converters.key.kind];
    case 'HEADER_CONVERTER':
      return HEADER_CONVERTERS[converters.headers];
    case 'TASK_PUT':
      return 'org.apache.kafka.connect.sink.SinkTask';
  }
}

/** Connect's tasks have numbers; a sink here is one. */
export const TASK = 0;
