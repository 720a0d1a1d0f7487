// Holds table, topics and files against each other: pure.

/** The ids seen at each station of a row's way, in the order of reading; a file's under its key. */
export interface Sightings {
  readonly table: readonly number[];
  readonly inTopic: readonly number[];
  readonly outTopic: readonly number[];
  readonly files: ReadonlyMap<string, readonly number[]>;
  /** Records that fill a file. */
  readonly flushSize: number;
}

/** One sentence for each disagreement; empty when all agree. */
export function disagreements(seen: Sightings): string[] {
  const inFiles = [...seen.files.values()].flat();
  const open = seen.outTopic.length - inFiles.length;
  const waiting = open >= 0 && open < seen.flushSize ? seen.outTopic.slice(inFiles.length) : [];
  return [
    ...difference('table', seen.table, 'confluent-in-prices', seen.inTopic),
    ...difference('confluent-in-prices', seen.inTopic, 'confluent-out-prices', seen.outTopic),
    ...difference('confluent-out-prices', seen.outTopic, 'files and the open file', [...inFiles, ...waiting]),
    ...(open >= seen.flushSize ? [`${open} records wait for a file, but flush.size is ${seen.flushSize}`] : []),
  ];
}

function difference(fromName: string, from: readonly number[], toName: string, to: readonly number[]): string[] {
  const missing = from.filter((id) => !to.includes(id));
  const extra = to.filter((id) => !from.includes(id));
  const twice = to.filter((id, index) => to.indexOf(id) !== index);
  return [
    ...(missing.length > 0 ? [`${toName} lacks ${list(missing)} of ${fromName}`] : []),
    ...(extra.length > 0 ? [`${toName} has ${list(extra)}, which ${fromName} has not`] : []),
    ...(twice.length > 0 ? [`${toName} has ${list(twice)} more than once`] : []),
  ];
}

function list(ids: readonly number[]): string {
  const shown = ids.slice(0, 10).join(', ');
  return `id ${shown}${ids.length > 10 ? ` and ${ids.length - 10} more` : ''}`;
}
