// INTERIM: until formats, partitioners and compatibility are there.
import { blockBytes } from '../avro/container';
import type { Data, DataSchema } from '../convert/data';
import type { ConnectlessError } from '../errors';
import { startFile } from './container-stream';
import type { FileFormat } from './format/format';
import type { Partitioner } from './partitioner/partitioner';

export function changesFile(
  _: string,
  file: DataSchema | undefined,
  record: DataSchema | undefined,
): boolean | ConnectlessError {
  return file !== record && (file?.id !== record?.id || file?.text !== record?.text);
}
export function project(data: Data, _: DataSchema): Data | ConnectlessError {
  return data;
}
export const interimPartitioner: Partitioner = ({ partition }) => ({ directory: `partition=${partition}` });
export const interimFormat: FileFormat = {
  id: 'avro/null',
  extension: '.avro',
  blockBytes: 64 * 1024,
  verbatim: true,
  encode: () => Buffer.alloc(0),
  start: (file) => {
    const { header, sync } = startFile(file, file.startOffset, {
      id: Number(file.schema?.id),
      text: file.schema?.text ?? '',
    });
    return { bytes: header, memo: sync.toString('base64') };
  },
  block: (_, memo, records, bytes) => ({
    bytes: blockBytes(records, bytes, Buffer.from(String(memo), 'base64')),
    memo: memo ?? null,
  }),
  end: () => Buffer.alloc(0),
};
