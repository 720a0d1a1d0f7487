// Headers of partition states that earlier versions wrote, as the present one writes them.
import type { FormatConfig } from '../config/sink-model';
import type { Seen, Upload } from './partition-state';
import { type Header, VERSION } from './state-header';

/** Version 1: one Avro file of values without compression at a time, the directory DefaultPartitioner's. */
interface FileV1 {
  readonly key: string;
  readonly startOffset: number;
  readonly firstTimestamp?: number;
  readonly partSize: number;
  readonly sync: string;
  readonly upload?: Upload;
  readonly tailBytes: number;
}

interface HeaderV1 {
  readonly version: 1;
  readonly first: Seen;
  readonly last: Seen;
  readonly open: readonly (FileV1 & {
    readonly encodedPartition: string;
    readonly schemaId: number;
    readonly records: number;
    readonly block: { readonly records: number; readonly bytes: number };
  })[];
  readonly closing: readonly FileV1[];
}

const AVRO_V1: FormatConfig = { kind: 'avro', codec: 'null', deflateLevel: 1 };

/** Undefined: a version that is not known. The bytes behind the header are the same in all versions. */
export function upgraded(header: { readonly version: number }): Header | undefined {
  if (isCurrent(header)) return header;
  return isV1(header) ? fromV1(header) : undefined;
}

function isCurrent(header: { readonly version: number }): header is Header {
  return header.version === VERSION;
}

function isV1(header: { readonly version: number }): header is HeaderV1 {
  return header.version === 1;
}

function fromV1({ first, last, open, closing }: HeaderV1): Header {
  const ids = [...new Set(open.map(({ schemaId }) => schemaId))];
  return {
    version: VERSION,
    first,
    last,
    schemas: ids.map((id) => ({ id })),
    open: open.map(({ encodedPartition, schemaId, records, block, sync, ...file }) => ({
      directory: encodedPartition,
      startOffset: file.startOffset,
      endOffset: last.offset,
      records,
      streams: [
        {
          ...file,
          role: 'value',
          format: { id: 'avro/null', config: AVRO_V1 },
          schema: ids.indexOf(schemaId),
          memo: sync,
          block,
        },
      ],
    })),
    ...sinceV1(open[0], last),
    closing: closing.map(({ sync: _, ...file }) => file),
  };
}

/** It said nothing of the clock: the records' own times stand for it. */
function sinceV1(file: HeaderV1['open'][number] | undefined, last: Seen): Pick<Header, 'since'> {
  if (file === undefined) return {};
  const openedAt = file.firstTimestamp ?? last.timestamp;
  return { since: { openedAt, takenAt: last.timestamp, directory: file.encodedPartition } };
}
