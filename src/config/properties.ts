// Reads Java's properties format (java.util.Properties.load), keeping the line of each property.
import { Properties, type PropertyNode } from 'properties-file/parser';
import type { Fault } from './report';
import type { SecretReference } from './secret-reference';

export interface Property {
  readonly key: string;
  readonly value: string;
  /** The value as the file has it, before references to config providers were replaced: the only form that is ever printed. */
  readonly written: string;
  /** References to secrets that still stand in the value. */
  readonly secrets?: readonly SecretReference[];
  /** 1-based line of the key. */
  readonly line: number;
}

export interface PropertiesFile {
  readonly file: string;
  /** In the order of the file, duplicates included. */
  readonly properties: readonly Property[];
  /** Faults of the format. */
  readonly faults: readonly Fault[];
  /** Nothing can be said about what the file has or lacks. */
  readonly unreadable?: true;
}

/**
 * Bytes are ISO-8859-1, as in Java. Where they are UTF-8 beyond ASCII, Java would read other characters than the editor
 * showed: a fault, because nobody can have meant that.
 */
export function parseProperties(file: string, bytes: Buffer): PropertiesFile {
  if (bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) {
    const what = 'begins with a byte order mark, which Java takes for a part of the first line';
    return unreadable({ file, line: 1, what, write: 'save the file without it' });
  }
  const text = bytes.toString('latin1');
  try {
    const parsed = propertiesOf(text, 0);
    return {
      file,
      properties: parsed.map(({ property }) => property),
      faults: parsed.flatMap(({ property, raw }) => misread(file, property, raw)),
    };
  } catch {
    const what = 'holds a malformed \\u escape';
    return unreadable({ file, line: malformedLine(text), what, write: 'write \\u and four hexadecimal digits' });
  }
}

/** A file that could not be read or parsed. */
export function unreadable(fault: Fault): PropertiesFile {
  return { file: fault.file, properties: [], faults: [fault], unreadable: true };
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** `raw` is the text before escapes were replaced. */
interface Parsed {
  readonly property: Property;
  readonly raw: string;
}

function propertiesOf(text: string, linesBefore: number): Parsed[] {
  return new Properties(text).getProperties().flatMap((node) => {
    if (/^[ \t\f]*\\$/.test(node.rawLines[0] ?? '')) {
      // Java takes a lone backslash for a blank line, so a comment may follow; the parser would make it a key.
      return propertiesOf(node.rawLines.slice(1).join('\n'), linesBefore + node.startingLineNumber);
    }
    return isNothing(node) ? [] : [toProperty(node, linesBefore)];
  });
}

function isNothing(node: PropertyNode): boolean {
  return node.escapedKey === '' && node.separatorChar === undefined;
}

function toProperty(node: PropertyNode, linesBefore: number): Parsed {
  const { key, value, escapedKey, escapedValue, startingLineNumber } = node;
  const property = { key, value, written: value, line: linesBefore + startingLineNumber };
  return { property, raw: `${escapedKey}=${escapedValue}` };
}

function misread(file: string, { key, line }: Property, raw: string): Fault[] {
  const utf8 = Buffer.from(raw, 'latin1').toString('utf8');
  if (utf8 === raw || utf8.includes('\ufffd')) return [];
  const what = 'has characters beyond ASCII in UTF-8, but Java reads this format as ISO-8859-1';
  return [{ file, line, property: Buffer.from(key, 'latin1').toString('utf8'), what, write: 'write \\u00e9 for é' }];
}

/** The first line at which the text is malformed although it does not end in the middle of a property. */
function malformedLine(text: string): number {
  const lines = text.split(/\r\n|\r|\n/);
  let start = 1;
  for (let end = 1; end <= lines.length; end++) {
    const line = lines[end - 1] ?? '';
    const isComment = start === end && /^[ \t\f]*[#!]/.test(line);
    if (!isComment && /(?:^|[^\\])(?:\\\\)*\\$/.test(line)) continue;
    try {
      new Properties(lines.slice(start - 1, end).join('\n'));
    } catch {
      return start;
    }
    start = end + 1;
  }
  return start;
}
