import { expect, test } from '@jest/globals';
import { bulkMode } from '../../../../src/source/modes/bulk';

const invocation = { id: 'one', now: () => 0, remainingMs: () => 60_000, sleep: async () => undefined };

test('a part of an old copy that is still on its way does not end the new one', async () => {
  let copies = 0;
  let release: () => void = () => undefined;
  const late = new Promise<void>((resolve) => {
    release = resolve;
  });
  const copy = async function* () {
    copies += 1;
    const name = `copy ${copies}`;
    yield { columns: [], rows: [[`${name}, first`]] };
    if (copies === 1) await late;
    yield { columns: [], rows: [[`${name}, second`]] };
  };
  const mode = bulkMode({ columns: async () => [], copy }, { table: 'public.t', invocation, pollIntervalMs: 0 });
  await mode.look({}, undefined);
  const old = mode.page({}, { copied: 0 });
  const look = mode.look({}, undefined);
  release();
  await Promise.all([old, look]);
  const first = await mode.page({}, { copied: 0 });
  expect(first).toMatchObject({ rows: [['copy 2, first']], isLast: false });
  expect(await mode.page({}, { copied: 0 })).toMatchObject({ rows: [['copy 2, second']], isLast: true });
});
