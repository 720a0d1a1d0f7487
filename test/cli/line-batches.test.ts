// Lines out of chunks that are cut anywhere, also within a character.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineBatches } from '../../cli/line-batches';

async function linesOf(chunks: readonly Buffer[]): Promise<string[]> {
  async function* input() {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const batch of lineBatches(input())) lines.push(...batch);
  return lines;
}

test('lines are the same however the text is cut', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ß', '€', '😀', ' ') });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(20)), async (lines, cuts) => {
      let rest = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const chunks = cuts.map((cut) => {
        const chunk = rest.subarray(0, cut);
        rest = rest.subarray(cut);
        return chunk;
      });
      expect(await linesOf([...chunks, rest])).toEqual(lines);
    }),
  );
});

test('a last line needs no end, and an end may be that of Windows', async () => {
  expect(await linesOf([Buffer.from('a\r\nb\nc')])).toEqual(['a', 'b', 'c']);
});
