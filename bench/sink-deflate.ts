// Measures the sink's handler with deflate as Lambda runs it.
import { runBundled } from './bundled';

async function main(): Promise<void> {
  process.stdout.write(await runBundled('sink-deflate-rounds', process.argv.slice(2)));
}

void main();
