// Cuts a stream of text into lines, as many at once as have come.

/** A last line without an end counts; an empty line is a line. */
export async function* lineBatches(input: AsyncIterable<Buffer>): AsyncIterable<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}
