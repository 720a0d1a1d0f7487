// The names of records: what Connect calls them, and what Avro allows.

const AVRO_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function isAvroName(name: string): boolean {
  return AVRO_NAME.test(name);
}

export function isAvroFullName(name: string): boolean {
  return name.split('.').every(isAvroName);
}

/** The nearest name that Avro allows. */
export function asAvroName(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9]|$)/, '_');
}

/**
 * A record's schema as AvroConverter writes it: what is before the last dot of its name is the namespace; a struct without a
 * name is called ConnectDefault.
 */
export function recordSchema(name: string | undefined, fields: readonly object[]): string {
  const { full, connectName } =
    name === undefined
      ? { full: 'io.confluent.connect.avro.ConnectDefault', connectName: {} }
      : { full: name, connectName: { 'connect.name': name } };
  const dot = full.lastIndexOf('.');
  return JSON.stringify({
    type: 'record',
    name: full.slice(dot + 1),
    ...(dot < 0 ? {} : { namespace: full.slice(0, dot) }),
    fields,
    ...connectName,
  });
}
