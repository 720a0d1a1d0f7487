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
    flushSize: values.number('flush.size'),
    partSize: values.number('s3.part.size'),
  };
}
