// `npm run deploy:local`: the stacks of the tutorial's connectors on an emulated AWS, deployed by the CDK, fed, changed and taken down.
import { messageOf } from '../../src/errors';
import { shownStep } from '../shown-step';
import { doesLess } from './gaps';
import { onStage } from './stage';
import { liveThrough, type Seen, type Step } from './story';
import { faultsOf } from './verdict';

/** Ctrl-C is answered below: everything that was started is stopped. */
const step: Step = (title, work) => shownStep(title, work, { registerSignalListeners: false });

function show(seen: Seen): boolean {
  console.log('\nMiniStack is not AWS. Left out of the stacks, as it cannot take them:');
  for (const [{ what, why }, count] of seen.first.leftOut) console.log(`  ${count} × ${what}: ${why}`);
  console.log('Deployed, and less than on AWS:');
  for (const { what, why } of doesLess) console.log(`  ${what}: ${why}`);
  console.log('\nFiles, which outlive the stacks:');
  for (const [key, rows] of seen.left.files) console.log(`  ${key}: ids ${rows.map(({ id }) => id).join(', ')}`);
  const faults = faultsOf(seen);
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0) showFailures();
  console.log(
    faults.length === 0
      ? `\nAll ${seen.changed.rows.length} rows are in the files, each once.`
      : '\nThat is not as it should be.',
  );
  return faults.length === 0;
}

/** What was tried again and succeeded is worth nothing; what did not explains the rest. */
const failures = new Set<string>();

function showFailures(): void {
  for (const failure of failures) console.error(`  tried again: ${failure}`);
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());

const options = {
  run: 'confluent',
  step,
  signal: interruption.signal,
  onFailure: (line: string) => void failures.add(line),
  given: { postgresUrl: process.env.CONNECTLESS_POSTGRES_URL, kafkaBrokers: process.env.CONNECTLESS_KAFKA },
};

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

onStage(options, (stage) => liveThrough(stage, step)).then(
  (seen) => {
    process.exitCode = show(seen) ? 0 : 1;
  },
  (error: unknown) => {
    process.exitCode = 1;
    if (interruption.signal.aborted) {
      console.error('Interrupted: everything that was started has been stopped.');
      return;
    }
    console.error(messageOf(error));
    showFailures();
  },
);
