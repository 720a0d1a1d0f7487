// A sink's file: the configuration that it says.
import type { Values } from './check';
import { buildDeployment, buildTrigger } from './deployment';
import type { SinkConfig } from './model';
import { textOf } from './rule';

/** Of a file without faults. */
export function buildSink(values: Values): SinkConfig {
  const endpoint = textOf(values, 'store.url');
  return {
    kind: 'sink',
    name: values.text('name'),
    deployment: buildDeployment(values),
    trigger: buildTrigger(values),
    topics: values.list('topics'),
    s3: {
      region: values.text('s3.region'),
      ...(endpoint === undefined ? {} : { endpoint }),
      pathStyle: values.flag('s3.path.style.access.enabled'),
    },
    bucket: values.text('s3.bucket.name'),
    topicsDir: values.text('topics.dir'),
    directoryDelimiter: values.text('directory.delim'),
    fileDelimiter: values.text('file.delim'),
    zeroPadWidth: values.number('filename.offset.zero.pad.width'),
    // What the definitions do not allow yet stands here as its default.
    converters: { value: { kind: 'avro', registry: { url: '' } }, key: { kind: 'bytes' }, headers: 'simple' },
    partitioner: { kind: 'default' },
    flushSize: values.number('flush.size'),
    rotateOnPartitionChange: true,
    timeZone: 'UTC',
    compatibility: 'NONE',
    formats: { value: { kind: 'avro', codec: 'null', deflateLevel: 6 } },
    nulls: { behavior: 'fail', toDeadLetters: true, directory: 'tombstone' },
    errors: { tolerance: 'none', log: false, logMessages: false, retryTimeoutMs: 0, retryDelayMaxMs: 60_000 },
    objects: { retries: 3, retryBackoffMs: 200 },
    partSize: values.number('s3.part.size'),
  };
}
