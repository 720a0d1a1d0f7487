import './quiet';
import { beforeAll, expect, test } from '@jest/globals';
import { loadFormats } from './load-formats';
import { runSchedule } from './schedule';
import { shortened } from './story';
import { faultsOf } from './verdict';

const SCHEDULES = 1_000;

beforeAll(loadFormats);

test('every schedule leaves the files of a single writer, byte for byte', async () => {
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const world = await runSchedule(seed);
    const faults = await faultsOf(world);
    if (faults.length > 0) expect([...faults, ...shortened(world.story)]).toEqual([]);
  }
}, 120_000);
