// The lines of `kafka-console-consumer --property print.key=true` on Connect's offsets topic.
import { invalidOffsets } from './connect-offsets-position';
import type { OffsetRecord } from './connect-offsets-records';

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
/** `["connector",{"table":"t"}]`, without what other connectors nest in a partition. */
const KEY = new RegExp(String.raw`\[${STRING},\{(?:${STRING}|[^"{}])*\}\]`);

/**
 * Whatever stands before the key (`print.timestamp` and the like) and between key and value (`key.separator`) is passed over,
 * and so are lines without a key. Throws OFFSETS_INVALID for a line of this connector that cannot be read.
 */
export function offsetLines(text: string, connector: string): OffsetRecord[] {
  const own = `[${JSON.stringify(connector)},`;
  return text.split(/\r?\n/).flatMap((line, index): OffsetRecord[] => {
    const found = KEY.exec(line);
    const value = found === null ? undefined : valueBehind(line.slice(found.index + found[0].length));
    if (found !== null && value !== undefined) return [{ key: found[0], value: value.text }];
    if (!line.includes(own)) return [];
    throw invalidOffsets(
      `Line ${index + 1} is no record of Connect's offsets topic: it needs key and value, as kafka-console-consumer.sh prints them with --property print.key=true.`,
    );
  });
}

/** The `null` of a deleted offset is Kafka's, and kcat's is NULL. */
function valueBehind(rest: string): { readonly text: string | null } | undefined {
  const begin = rest.indexOf('{', /^\}/.test(rest) ? 1 : 0);
  if (begin !== -1) return { text: rest.slice(begin).trimEnd() };
  return /(?:^|[^A-Za-z])null\s*$/i.test(rest) ? { text: null } : undefined;
}
