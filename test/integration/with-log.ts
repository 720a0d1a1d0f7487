// A test that fails tells what the processes that it watched had logged.

const LINES = 300;

/** The test's body; `log` is read when it fails. */
export function withLog(log: () => readonly string[], body: () => Promise<void>): () => Promise<void> {
  return async () => {
    try {
      await body();
    } catch (error) {
      const lines = log();
      console.error([`Logged until this failed, ${lines.length} lines:`, ...lines.slice(-LINES)].join('\n'));
      throw error;
    }
  };
}
