// Files of a worker and a connector for a function's handler, with a state in a directory and a registry that nobody asks.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface WorkerFiles {
  /** Of the state. */
  readonly stateUrl: string;
  remove(): void;
}

/** The environment names them until they are removed. */
export function workerFiles(connector: readonly string[], brokers = '127.0.0.1:1'): WorkerFiles {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-'));
  const stateUrl = pathToFileURL(join(directory, 'state')).href;
  const worker = [
    `bootstrap.servers=${brokers}`,
    'key.converter=org.apache.kafka.connect.storage.StringConverter',
    'value.converter=io.confluent.connect.avro.AvroConverter',
    'value.converter.schema.registry.url=http://127.0.0.1:1',
    `connectless.state.url=${stateUrl}`,
  ];
  const [workerFile, connectorFile] = [join(directory, 'worker.properties'), join(directory, 'connector.properties')];
  writeFileSync(workerFile, worker.join('\n'));
  writeFileSync(connectorFile, connector.join('\n'));
  process.env.CONNECTLESS_WORKER = workerFile;
  process.env.CONNECTLESS_CONNECTOR = connectorFile;
  return {
    stateUrl,
    remove: () => {
      delete process.env.CONNECTLESS_WORKER;
      delete process.env.CONNECTLESS_CONNECTOR;
      rmSync(directory, { recursive: true });
    },
  };
}
