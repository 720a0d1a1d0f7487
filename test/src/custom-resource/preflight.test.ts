import { describe, expect, test } from '@jest/globals';
import type { Patience } from '../../../src/custom-resource/patience';
import { preflightResource } from '../../../src/custom-resource/preflight';
import { ConnectlessError } from '../../../src/errors';
import type { Finding } from '../../../src/preflight/finding';
import { createEvent, deleteEvent, updateEvent } from './events';

const PROPERTIES = { FunctionName: 'connectless-prices' };
const ID = { PhysicalResourceId: 'preflight/connectless-prices' };
const BUSY = new ConnectlessError('SOURCE_BUSY', 'connectless-prices cannot answer now.', { retryable: true });
const finding = (more: Partial<Finding> = {}): Finding => ({
  severity: 'error',
  code: 'SEQUENCE_CACHE',
  table: 'public.prices',
  column: 'id',
  what: 'Its sequence hands out ids in blocks of 20.',
  write: 'ALTER SEQUENCE public.prices_id_seq CACHE 1',
  ...more,
});

/** The function's time is 900 s. @param answer of each attempt: findings, or what is thrown */
function world(answer: (attempt: number) => readonly Finding[] | Error | object) {
  const asked: string[] = [];
  let now = 0;
  const patient: Patience = {
    now: () => now,
    remainingMs: () => 900_000 - now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const ask = async (name: string) => {
    asked.push(name);
    const said = answer(asked.length);
    if (said instanceof Error) throw said;
    return Array.isArray(said) ? { findings: said } : said;
  };
  return { asked, run: (event: Parameters<typeof preflightResource>[0]) => preflightResource(event, patient, ask) };
}

describe('the preflight of a source', () => {
  test.each([createEvent(PROPERTIES), updateEvent({}, PROPERTIES)])(
    'lets the deployment go on where nothing stands in the way: $RequestType',
    async (event) => {
      const { asked, run } = world(() => [finding({ severity: 'warning' }), finding({ severity: 'note' })]);
      expect(await run(event)).toEqual(ID);
      expect(asked).toEqual(['connectless-prices']);
    },
  );

  test('ends the deployment with what was found, where, and what to do', async () => {
    const { run } = world(() => [finding({ severity: 'note' }), finding()]);
    const failing = run(createEvent(PROPERTIES));
    await expect(failing).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED', retryable: false });
    await expect(failing).rejects.toThrow(
      'The source connectless-prices could not read, or would lose rows (1 found):\npublic.prices.id: SEQUENCE_CACHE: Its sequence hands out ids in blocks of 20. ALTER SEQUENCE public.prices_id_seq CACHE 1',
    );
  });

  test('gives a database that was just made a minute to let the source in', async () => {
    const locked = finding({ code: 'POSTGRES_AUTHENTICATION', what: 'PAM authentication failed' });
    const { asked, run } = world((attempt) => (attempt < 4 ? [locked] : []));
    expect(await run(createEvent(PROPERTIES))).toEqual(ID);
    expect(asked).toHaveLength(4);
    const failing = world(() => [locked]).run(createEvent(PROPERTIES));
    await expect(failing).rejects.toThrow('could not look:\npublic.prices.id: POSTGRES_AUTHENTICATION: PAM');
  });

  test('waits for a source that runs, which takes one invocation at a time', async () => {
    const { asked, run } = world((attempt) => (attempt < 30 ? BUSY : [finding()]));
    await expect(run(createEvent(PROPERTIES))).rejects.toThrow('SEQUENCE_CACHE');
    expect(asked).toHaveLength(30);
  });

  test('passes over a source that runs all the time: it looks by itself', async () => {
    const { asked, run } = world(() => BUSY);
    expect(await run(createEvent(PROPERTIES))).toEqual(ID);
    expect(asked.length).toBeGreaterThan(60);
  });

  test('gives rights that were just granted a minute, and then says what the source said', async () => {
    const denied = new ConnectlessError('SOURCE_FAILED', 'connectless-prices failed: PAM authentication failed');
    const { asked, run } = world(() => denied);
    await expect(run(createEvent(PROPERTIES))).rejects.toBe(denied);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(20);
  });

  test.each([{}, { findings: 'none' }, { findings: [{ severity: 'error' }] }])(
    'does not take %j for no findings',
    async (answer) => {
      await expect(world(() => answer).run(createEvent(PROPERTIES))).rejects.toMatchObject({
        code: 'PREFLIGHT_INVALID',
      });
    },
  );

  test('names a property that is missing', async () => {
    await expect(world(() => []).run(createEvent({}))).rejects.toThrow('property FunctionName: write');
  });

  test('asks nobody when it is deleted', async () => {
    const { asked, run } = world(() => [finding()]);
    expect(await run(deleteEvent('preflight/gone'))).toEqual({ PhysicalResourceId: 'preflight/gone' });
    expect(asked).toEqual([]);
  });
});
