import { describe, expect, test } from '@jest/globals';
import { type Log, rateLimited } from '../../src/log';

function recorder() {
  const lines: unknown[] = [];
  const write = (level: string) => (message: string, fields?: object) => lines.push([level, message, fields]);
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  return { log, lines };
}

describe('a rate-limited log', () => {
  test('writes a message once in its time and then says how many it left out', () => {
    const { log, lines } = recorder();
    let clock = 0;
    const limited = rateLimited(log, 1000, () => clock);
    for (clock = 0; clock <= 1000; clock += 250) limited.warn('the broker is down', { clock });
    expect(lines).toEqual([
      ['warn', 'the broker is down', { clock: 0 }],
      ['warn', 'the broker is down', { clock: 1000, suppressed: 3 }],
    ]);
  });

  test('limits each message by itself, whatever its fields', () => {
    const { log, lines } = recorder();
    const limited = rateLimited(log, 1000, () => 0);
    limited.error('one', { n: 1 });
    limited.error('two', { n: 2 });
    limited.error('one', { n: 3 });
    expect(lines).toEqual([
      ['error', 'one', { n: 1 }],
      ['error', 'two', { n: 2 }],
    ]);
  });
});
