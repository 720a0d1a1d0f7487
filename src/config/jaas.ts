// Reads the one line of `sasl.jaas.config`: a login module, `required`, and its options.

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const OPTION = String.raw`([\w.]+)\s*=\s*(${QUOTED}|[^\s;"']+)`;
const LINE = new RegExp(
  String.raw`^\s*([\w.$]+)\s+(?:required|requisite|sufficient|optional)((?:\s+${OPTION})*)\s*;\s*$`,
  's',
);

/** Undefined when the text is not of that form. */
export function parseJaas(text: string): { module: string; options: ReadonlyMap<string, string> } | undefined {
  const match = LINE.exec(text);
  if (match === null) return undefined;
  const options = [...(match[2] ?? '').matchAll(new RegExp(OPTION, 'gs'))];
  return {
    module: match[1] ?? '',
    options: new Map(options.map(([, name = '', value = '']) => [name, unquoted(value)])),
  };
}

function unquoted(value: string): string {
  return /^["']/.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;
}
