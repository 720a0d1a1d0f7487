// Measures the sink's handler as Lambda runs it.
import { runBundled } from './bundled';

async function main(): Promise<void> {
  process.stdout.write(await runBundled('sink-event-rounds', process.argv.slice(2)));
}

void main();
