// Offsets as Connect left them, in whichever of its forms: told apart by how they begin.
import { type ConnectOffset, parseOffsets } from '../src/source/connect-offsets';
import { isOffsetsFile, offsetsFileRecords } from '../src/source/connect-offsets-file';
import { offsetLines } from '../src/source/connect-offsets-lines';
import { invalidOffsets } from '../src/source/connect-offsets-position';
import { type OffsetRecord, storedOffsets } from '../src/source/connect-offsets-records';

/**
 * What `GET /connectors/NAME/offsets` answers, lines of a console consumer, or a standalone worker's file. Throws
 * OFFSETS_INVALID, also when the connector has none in it. @param from names the file
 */
export function importedOffsets(bytes: Buffer, connector: string, from: string): readonly ConnectOffset[] {
  if (isOffsetsFile(bytes)) return ofConnector(offsetsFileRecords(bytes), connector, from);
  const text = bytes.toString();
  // One line of a console consumer may begin so, too: {"schema":null,"payload":["connector",…
  if (/^\s*\{\s*"offsets"/.test(text)) return parseOffsets(text);
  return ofConnector(offsetLines(text, connector), connector, from);
}

/** Throws OFFSETS_INVALID when it has none. */
export function ofConnector(
  records: Iterable<OffsetRecord>,
  connector: string,
  from: string,
): readonly ConnectOffset[] {
  const { offsets, others } = storedOffsets(records, connector);
  if (offsets.length > 0) return offsets;
  const has = others.length === 0 ? 'no offset of Connect' : `offsets of ${others.join(', ')}`;
  throw invalidOffsets(
    `${from} has no offset of connector ${connector}, but ${has}: offsets are found by the connector's name.`,
  );
}
