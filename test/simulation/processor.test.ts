// The processor's protocol under crashes, cut sends, redelivery with other boundaries and abandoned writers.
import { expect, test } from '@jest/globals';
import { partitionOf } from '../../src/kafka/partition';
import { runProcessorSchedule } from './processor-schedule';
import { faultsOf, OUTPUT } from './processor-world';

const SCHEDULES = 2_000;

test('every schedule leaves each input record once in the output topic, in the order of its partition', async () => {
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const world = await runProcessorSchedule(seed);
    const partitions = world.log.records(OUTPUT).length;
    const faults = faultsOf(world, ({ key, partition }) =>
      key === null ? partition % partitions : partitionOf(key, partitions),
    );
    if (faults.length > 0) expect([...faults, ...world.story]).toEqual([]);
  }
}, 120_000);
