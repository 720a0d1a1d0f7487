// Starts a Postgres, says its pid and folder, and waits to be killed.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../../local/servers/postgres';

const directory = mkdtempSync(join(tmpdir(), 'connectless-postgres-'));
startPostgres({ directory }).then(({ pid }) => {
  console.log(JSON.stringify({ pid, directory }));
  setInterval(() => {}, 1000);
});
