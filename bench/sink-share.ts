// Prints the CPU seconds that a record takes in JSON.parse and in the sink's handler, as JSON.
import { narrow, wide } from './record-shapes';
import { RECORDS, sinkRounds } from './sink-round';

async function main(): Promise<void> {
  const { parse, handler } = await sinkRounds(process.argv[2] === 'narrow' ? narrow : wide, 31);
  const [parseSeconds, handlerSeconds] = [parse, handler].map(({ cpu }) => cpu / 1000 / RECORDS);
  console.log(JSON.stringify({ parse: parseSeconds, handler: handlerSeconds }));
}

void main();
