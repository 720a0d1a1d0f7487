// `connectless validate`: report, notes and exit status.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { validateCommand } from '../../cli/validate';

const printed = { log: [] as string[], error: [] as string[] };

beforeEach(() => {
  printed.log = [];
  printed.error = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.log.push(line));
  jest.spyOn(console, 'error').mockImplementation((line: string) => void printed.error.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

const run = (...files: string[]) => validateCommand().parseAsync(files, { from: 'user' });

test("the tutorial's files are valid, with a note for each property without meaning", async () => {
  await run(
    'connectors/worker.properties',
    'connectors/connect-postgresql.properties',
    'connectors/s3-sink.properties',
  );
  expect(process.exitCode).toBeUndefined();
  expect(printed.log.at(-1)).toBe('valid: the worker, source connect-postgresql, sink s3-sink');
  expect(printed.log).toContainEqual(expect.stringMatching(/^note: connectors\/worker\.properties:\d+: rest\.port: /));
  expect(printed.error).toEqual([]);
});

test('a fault makes the exit status 1 and is printed with its place', async () => {
  await run('connectors/s3-sink.properties', 'connectors/nowhere.properties');
  expect(process.exitCode).toBe(1);
  expect(printed.error.join('\n')).toMatch(/connectors\/s3-sink\.properties:3: connector\.class: /);
  expect(printed.error.join('\n')).toContain('connectors/nowhere.properties: does not exist');
});

test('the help shows an example', () => {
  let help = '';
  const command = validateCommand().configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  expect(help).toContain('connectless validate connectors/worker.properties');
});
