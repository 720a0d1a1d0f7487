// FieldPartitioner: a directory for each value of the fields, `f=v/n.g=w`.
import { ConnectlessError } from '../../errors';
import { escaper, NULL } from './escape';
import { fieldReader } from './field-reader';
import { type FieldValue, MISSING, UNSUPPORTED } from './field-value';
import type { Partitioner } from './partitioner';

/** @param names of fields, dotted  @param delimiter `directory.delim` */
export function fieldPartitioner(names: readonly string[], delimiter: string): Partitioner {
  const write = escaper(delimiter);
  const fields = names.map((name) => ({ name, read: fieldReader(name) }));
  return ({ value }) => {
    let directory = '';
    for (const { name, read } of fields) {
      const found = read(value);
      if (found === MISSING) return missing(name);
      if (found === UNSUPPORTED || found instanceof Date) return wrongType(name);
      directory += `${directory === '' ? '' : delimiter}${name}=${textOf(found, write)}`;
    }
    return { directory };
  };
}

type Text = Exclude<FieldValue, symbol | Date>;

function textOf(value: Text, write: (value: string) => string): string {
  if (value === null) return NULL;
  return typeof value === 'string' ? write(value) : String(value);
}

function missing(name: string): ConnectlessError {
  return new ConnectlessError(
    'PARTITION_FIELD_MISSING',
    `its value has no field ${name}, which partition.field.name names. Produce records that have it, or name another field.`,
  );
}

function wrongType(name: string): ConnectlessError {
  return new ConnectlessError(
    'PARTITION_FIELD_TYPE',
    `its field ${name}, which partition.field.name names, is no integer, string, enum or boolean. Name a field that is one; for a timestamp use the TimeBasedPartitioner with timestamp.extractor=RecordField.`,
  );
}
