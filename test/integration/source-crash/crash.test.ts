import { expect, jest, test } from '@jest/globals';
import { newSeed } from '../sink-crash/seed';
import { runCrash } from './run';
import { atOnce, calm, crashKafka, crashPostgres, cut, failOver, freeze, kill } from './troubles';

jest.setTimeout(180_000);

test.concurrent.each([
  {
    what: 'is killed, and cut off from its servers',
    mode: 'incrementing',
    hasStandby: false,
    troubles: [
      kill(1500),
      cut('postgres', 'no-answers', 800),
      kill(1500),
      cut('kafka', 'silent', 1500),
      cut('s3', 'refused', 500),
    ],
  },
  {
    what: 'is frozen past its lease, and its servers crash, until a standby takes over',
    mode: 'xid8',
    hasStandby: true,
    troubles: [calm(500), atOnce(crashKafka, crashPostgres), freeze(4500), failOver(500), calm(500)],
  },
] as const)(
  'a source that $what: each committed row is in its topic once, in order',
  async ({ mode, hasStandby, troubles }) => {
    const seed = newSeed();
    const { faults, rows, log } = await runCrash({ seed, mode, hasStandby, troubles, timeoutMs: 3000 });
    expect({ seed, faults, log: faults.length > 0 ? log : [] }).toEqual({ seed, faults: [], log: [] });
    expect(rows).toBeGreaterThan(100);
  },
);
