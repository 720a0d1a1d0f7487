// The rows of the tutorial's table: those in Postgres, and those that files hold.
import { Client } from 'pg';
import { containerValues } from '../../src/avro/container-values';

export interface Price {
  readonly id: number;
  readonly item: string;
  /** As `REAL` and Avro's `float` hold it. */
  readonly price: number;
}

/** The table's, by id. */
export async function pricesIn(postgresUrl: string): Promise<Price[]> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    return (await client.query('SELECT * FROM prices ORDER BY id')).rows.map(price);
  } finally {
    await client.end();
  }
}

/** A file's, in its order. */
export function pricesInFile(body: Buffer): Price[] {
  return [...containerValues(body).values].map(price);
}

/** Of a row of Postgres or a record of Avro; their texts of a float have different numbers of digits. */
function price(row: unknown): Price {
  const { id, item, price } = row as Record<keyof Price, unknown>;
  return { id: Number(id), item: String(item), price: Math.fround(Number(price)) };
}
