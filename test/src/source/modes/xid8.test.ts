// Whom rows of later transactions wait for.
import { expect, test } from '@jest/globals';
import { type XidReader, xid8Mode } from '../../../../src/source/modes/xid8';
import { recordedMetrics } from '../../metrics/recorded';

function table() {
  let now = 0;
  let open = 10n;
  const unused = async () => {
    throw new Error('it is not asked for');
  };
  const reader: XidReader = {
    columns: unused,
    cluster: async () => ({ system: 'one', next: 100n }),
    horizon: async () => ({ open, rows: { first: 5n, last: 90n } }),
    describe: async () => ['pid 7'],
    page: unused,
    rows: unused,
  };
  const lines: string[] = [];
  const keep = (message: string) => void lines.push(message);
  const mode = xid8Mode(reader, {
    table: 'public.t',
    invocation: { id: 'one', now: () => now, remainingMs: () => 60_000, sleep: async () => undefined },
    report: { debug: keep, info: keep, warn: keep, error: keep },
    metrics: recordedMetrics(),
    fenceTimeoutMs: 5000,
  });
  const look = (ms: number, oldest: bigint) => {
    now += ms;
    open = oldest;
    return mode.look({}, undefined);
  };
  return { look, lines };
}

test('a busy table, whose oldest transaction is another one each time, waits for nobody in particular', async () => {
  const { look, lines } = table();
  for (let oldest = 10n; oldest < 30n; oldest += 1n) await look(900, oldest);
  expect(lines).toEqual([]);
});

test('connectless.fence.timeout.ms is for one transaction that stays open', async () => {
  const { look, lines } = table();
  await look(0, 10n);
  await look(4000, 10n);
  expect(lines).toEqual(['Rows of this table wait for open transactions']);
  await look(3000, 11n);
  await expect(look(5000, 11n)).rejects.toThrow(/after 5000 ms .*pid 7/);
});
