// `connectless cost`: the table, the loads, the settings, and what it says of faults.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { costCommand } from '../../cli/cost';

const TUTORIAL = ['worker', 'connect-postgresql', 'processor', 's3-sink'].map(
  (name) => `connectors/${name}.properties`,
);

let printed = '';

beforeEach(() => {
  printed = '';
  jest.spyOn(console, 'log').mockImplementation((text: string) => {
    printed += `${text}\n`;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const run = (...args: string[]) =>
  costCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: 'user' });

/** The amounts behind a line's name, in the table. */
function amounts(what: string): readonly string[] {
  const line = printed.split('\n').find((text) => text.startsWith(`  ${what}  `)) ?? '';
  return line
    .slice(what.length + 2)
    .trim()
    .split(/ {2,}/);
}

describe('connectless cost', () => {
  test('prints three loads, the sum of each, and the formula of each line with what changes it', async () => {
    await run(...TUTORIAL);
    expect(printed).toMatch(/USD a month +72 rows a day +1,000,000 rows a day +100,000,000 rows a day\n/);
    expect(amounts('triggers: endpoints')[0]).toBe('43.80');
    const [idle, day, large] = amounts('total').map((amount) => Number(amount.replaceAll(',', '')));
    expect(idle).toBeLessThan(100);
    expect(day).toBeGreaterThan(Number(idle));
    expect(large).toBeGreaterThan(Number(day));
    expect(printed).toContain('  NAT gateways\n    3 zones × 730 hours × $0.045 per NAT gateway-hour\n');
    expect(printed).toMatch(
      / {2}sink s3-sink: files\n( {4}[\d,]+ rows a day: [\d,]+ files × 1 PUT .*\n){3} {4}changes with flush\.size, s3\.part\.size\n/,
    );
  });

  test('computes one load of other rows, when it is given', async () => {
    await run(...TUTORIAL, '--rows-per-day', '3000', '--row-bytes', '2000000');
    expect(printed).toContain('a record has 2000000 bytes');
    expect(printed).toMatch(/USD a month +3,000 rows a day\n/);
    // 6 MB in two parts of 5 MiB: started, a full part, the rest, completed.
    expect(printed).toMatch(/sink s3-sink: files\n {4}30,417 files × 4 PUT/);
  });

  test('takes settings of the deployment as the CDK takes them', async () => {
    await run(...TUTORIAL, '-c', 'connectless.zones=2', '-c', 'connectless.cluster.type=serverless');
    expect(amounts('triggers: endpoints')[0]).toBe('29.20');
    expect(printed).toContain('  MSK Serverless  ');
  });

  test.each([
    [
      ['connectors/s3-sink.properties', 'connectors/nowhere.properties'],
      /s3-sink\.properties:3: connector\.class: .*\nconnectors\/nowhere\.properties: does not exist.*\n2 faults/,
    ],
    [[...TUTORIAL, '-c', 'connectless.zones=7'], /^cdk\.json: connectless\.zones: "7" is more than 3; .*\n1 fault/],
    [[...TUTORIAL, '-c', 'connectless.zones'], /^-c connectless\.zones: write -c connectless\.zones=value$/],
    [
      [...TUTORIAL, '--rows-per-day', '0'],
      /--rows-per-day <number>' argument '0' is invalid\. write a whole number above 0/,
    ],
  ])('says what is wrong with %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
    expect(printed).toBe('');
  });
});
