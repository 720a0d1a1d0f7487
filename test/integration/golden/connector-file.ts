// A recorded case's connector as a .properties file of ours.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyWith } from '../../../local/demo/connector-files';
import { projectRoot } from '../../../local/servers/parts';
import { environment } from '../environment';
import type { RecordedCase } from './recorded-case';

export interface Place {
  readonly directory: string;
  readonly bucket: string;
  readonly registryUrl: string;
}

/** Connect's name of it was `k-NAME`. */
export function connectorName({ name }: RecordedCase): string {
  return `k-${name}`;
}

/** Writes both files and answers their paths. */
export async function writeFiles(recorded: RecordedCase, { directory, bucket, registryUrl }: Place) {
  const worker = await copyWith(join(projectRoot, 'connectors/worker.properties'), join(directory, recorded.name), {
    'bootstrap.servers': environment().kafkaBrokers,
    'key.converter.schema.registry.url': registryUrl,
    'value.converter.schema.registry.url': registryUrl,
    'connectless.state.url': `s3://${bucket}/state`,
  });
  const properties = {
    name: connectorName(recorded),
    ...('topics.regex' in recorded.connector ? {} : { topics: Object.keys(recorded.topics).join(',') }),
    's3.bucket.name': bucket,
    'store.url': environment().s3Endpoint,
    'topics.dir': recorded.name,
    ...recorded.connector,
  };
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${escaped(value, registryUrl)}\n`);
  const connector = join(directory, recorded.name, 'connector.properties');
  await writeFile(connector, lines.join(''));
  return { worker, connector };
}

function escaped(value: string, registryUrl: string): string {
  return value
    .replace('http://registry:8081', registryUrl)
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replace(/^ /, '\\ ');
}
