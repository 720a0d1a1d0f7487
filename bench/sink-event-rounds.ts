// Prints what the sink's handler takes for one event over JSON.parse of the same event.
import { machine } from './machine';
import { narrow, wide } from './record-shapes';
import { RECORDS, sinkRounds } from './sink-round';
import { sinkConfig } from './sink-setup';

/** The handler's share of JSON.parse's time that it may take on wide records. */
const AIM = 0.3;
const rounds = Number(process.argv[2] ?? 41);

async function main(): Promise<void> {
  console.log(machine());
  console.log(
    `Bundled; ${RECORDS} records, flush.size ${sinkConfig.flushSize}, codec null, stores that answer at once; ${rounds} rounds, medians\n`,
  );
  console.log(
    '| record | JSON.parse, ms (CPU) | handler, ms (CPU) | ratio | ratio of CPU time | aim |\n|---|---|---|---|---|---|',
  );
  for (const [name, shape] of Object.entries({ narrow, wide })) {
    const { bytes, parse, handler, ratio } = await sinkRounds(shape, rounds);
    // Where other work keeps the processors busy, the clock measures that too.
    const aim = name === 'wide' ? `≤ ${AIM}: ${ratio.cpu <= AIM ? 'met' : 'MISSED'}` : '';
    const cells = [
      `${name}, ${bytes.toFixed(0)} bytes of Avro`,
      ...[parse, handler].map(({ wall, cpu }) => `${wall.toFixed(1)} (${cpu.toFixed(1)})`),
      ratio.wall.toFixed(2),
      ratio.cpu.toFixed(2),
      aim,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

void main();
