// Avro's container files, taken apart by avsc.
import { Type } from 'avsc';
import { typeOf } from './schemas';

const headerType = Type.forSchema({
  type: 'record',
  name: 'Header',
  fields: [
    { name: 'magic', type: { type: 'fixed', name: 'Magic', size: 4 } },
    { name: 'meta', type: { type: 'map', values: 'bytes' } },
    { name: 'sync', type: { type: 'fixed', name: 'Sync', size: 16 } },
  ],
});
const blockType = Type.forSchema({
  type: 'record',
  name: 'Block',
  fields: [
    { name: 'count', type: 'long' },
    { name: 'data', type: 'bytes' },
    { name: 'sync', type: { type: 'fixed', name: 'Sync', size: 16 } },
  ],
});

export interface ReadDatum {
  readonly value: unknown;
  readonly bytes: Buffer;
}

/** Throws when avsc cannot read it. */
export function datumsIn(file: Buffer): { readonly schema: string; readonly datums: ReadDatum[] } {
  const { value: header, offset } = headerType.decode(file, 0);
  const schema = String(header.meta['avro.schema']);
  const type = typeOf(JSON.parse(schema));
  const datums: ReadDatum[] = [];
  for (let position = offset; position < file.length; ) {
    const block = blockType.decode(file, position);
    if (block.offset < 0) throw new Error('a block is cut short');
    const { count, data, sync } = block.value;
    if (!sync.equals(header.sync)) throw new Error('a sync marker is missing');
    let at = 0;
    for (let left = count; left > 0; left -= 1) {
      const { value, offset: behind } = type.decode(data, at);
      if (behind < at) throw new Error('a datum goes beyond its block');
      datums.push({ value, bytes: data.subarray(at, behind) });
      at = behind;
    }
    if (at !== data.length) throw new Error('bytes are left in a block');
    position = block.offset;
  }
  return { schema, datums };
}
