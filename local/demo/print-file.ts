// An Avro file as JSON, one record a line.
import { codec } from '../../src/avro/codec';
import { readContainer } from '../../src/avro/container';
import { valueJson } from '../../src/avro/json-encode';
import { parseSchema } from '../../src/avro/schema-parse';

export function printFile(body: Buffer): string {
  const { schema: text, blocks } = readContainer(body);
  const schema = parseSchema(text);
  const { decode } = codec(schema);
  return [...blocks]
    .flatMap(({ count, data }) => {
      let position = 0;
      return Array.from({ length: count }, () => {
        const { value, end } = decode(data, position);
        position = end;
        return valueJson(schema, value);
      });
    })
    .join('\n');
}
