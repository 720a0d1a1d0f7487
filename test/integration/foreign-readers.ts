// Readers that share no code with ours: Java's avro-tools, Python's fastavro, DuckDB.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parts } from '../../local/servers/parts';

const run = promisify(execFile);

/** The records of a container file, as `avro-tools tojson` prints them; from its input, because Hadoop's file systems do not run on Java 25. */
export async function readWithAvroTools(body: Buffer): Promise<unknown[]> {
  const running = run(parts().java, ['-jar', parts().avroTools, 'tojson', '-']);
  running.child.stdin?.end(body);
  const { stdout } = await running;
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const fastavro = `
import json, sys, fastavro
with open(sys.argv[1], 'rb') as file:
    reader = fastavro.reader(file)
    records = list(reader)
    metadata = {name: value for name, value in reader.metadata.items()}
print(json.dumps({'codec': reader.codec, 'metadata': metadata, 'records': records}))
`;

/** Codec, metadata and records of a container file, as fastavro reads them. */
export function readWithFastavro(
  body: Buffer,
): Promise<{ codec: string; metadata: Record<string, string>; records: unknown[] }> {
  return withFile('file.avro', body, async (file) =>
    JSON.parse((await run(parts().python, ['-c', fastavro, file])).stdout),
  );
}

const duckdb = `
import json, sys, duckdb
connection = duckdb.connect(config={'autoinstall_known_extensions': False})
connection.execute("SET TimeZone = 'UTC'")
rows = lambda query: connection.execute(query.replace('FILE', "'" + sys.argv[1] + "'")).fetchall()
print(json.dumps([rows(query) for query in sys.argv[2:]], default=str))
`;

/** Rows of each query of DuckDB's, in which FILE stands for the Parquet file. */
export function queryParquet(body: Buffer, queries: readonly string[]): Promise<unknown[][][]> {
  return withFile('file.parquet', body, async (file) => {
    const { stdout } = await run(parts().python, ['-c', duckdb, file, ...queries], { maxBuffer: 1 << 26 });
    return JSON.parse(stdout);
  });
}

async function withFile<T>(name: string, body: Buffer, read: (file: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'connectless-read-'));
  try {
    const file = join(directory, name);
    await writeFile(file, body);
    return await read(file);
  } finally {
    await rm(directory, { recursive: true });
  }
}
