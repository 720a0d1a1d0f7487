// Makes a schedule's story short enough to read.

/** Calls that all went well become one line with their numbers, until something else happens. */
export function shortened(story: readonly string[]): string[] {
  const lines: string[] = [];
  let counts = new Map<string, number>();
  const flush = () => {
    if (counts.size > 0) lines.push(`  ${[...counts].map(([call, count]) => `${call} ×${count}`).join(', ')}`);
    counts = new Map();
  };
  for (const line of story) {
    const plain = /^ {2}(worker \d+: (?:putNew|size|range|uploadPart|read))(?! [^[]*(?:again|\[))/.exec(line)?.[1];
    if (plain !== undefined) counts.set(plain, (counts.get(plain) ?? 0) + 1);
    else {
      flush();
      lines.push(line);
    }
  }
  flush();
  return lines;
}
