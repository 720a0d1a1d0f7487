// Addresses that are still placeholders, `<…>`: fine for a deployment, which fills them in, and a fault for a run.
import { parseConnectionUrl } from './connection-url';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';

/** Where a placeholder is valid. */
const ADDRESSES = [
  'bootstrap.servers',
  'value.converter.schema.registry.url',
  'connectless.state.url',
  'connection.url',
  's3.bucket.name',
  's3.region',
];

/** For those who run the file as it is. */
export function placeholderFaults({ file, properties }: PropertiesFile): Fault[] {
  return properties
    .filter(({ key, value }) => ADDRESSES.includes(key) && /<[^<>]+>/.test(addressOf(key, value)))
    .map(({ key, line }) => ({
      file,
      line,
      property: key,
      what: 'is a placeholder that the deployment fills in',
      write: 'write the real value to run here',
    }));
}

/** The rest of a connection URL may hold a password with such characters. */
function addressOf(key: string, value: string): string {
  if (key !== 'connection.url') return value;
  const parsed = parseConnectionUrl(value.trim());
  if ('problem' in parsed) return '';
  return 'host' in parsed.value ? parsed.value.host : `${parsed.value.clusterArn} ${parsed.value.secretArn}`;
}
