import { expect, jest, test } from '@jest/globals';
import { newSeed } from '../sink-crash/seed';
import { runLoss } from './run';

jest.setTimeout(120_000);

const short = { forMs: 2500, longMs: 1000, naive: ['id > last'] } as const;
const whole = { lost: 0, double: 0, disordered: 0 };

test.concurrent.each([
  { drawing: 'same transaction', modes: ['fence', 'xid8', 'timestamp', 'timestamp+incrementing'] },
  { drawing: 'earlier transaction', modes: ['xid8'] },
] as const)(
  'sixteen writers that draw ids in the $drawing: nothing is lost, double or out of order in any of $modes',
  async (variant) => {
    const seed = newSeed();
    const judged = await runLoss({ ...short, ...variant, seed });
    const verdicts = judged.map(({ poller, lost, double, disordered }) => ({ poller, lost, double, disordered }));
    const naive = { poller: 'id > last', lost: expect.any(Number), double: 0, disordered: 0 };
    expect({ seed, verdicts }).toEqual({
      seed,
      verdicts: [...variant.modes.map((poller) => ({ poller, ...whole })), naive],
    });
    // Else these writers would prove nothing.
    expect(judged.at(-1)?.lost).toBeGreaterThan(0);
  },
);
