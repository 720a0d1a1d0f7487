// The tutorial's table: made, filled, read.
import { Client } from 'pg';

const create = 'CREATE TABLE PRICES(ID SERIAL PRIMARY KEY, ITEM VARCHAR(100) NOT NULL, PRICE REAL NOT NULL)';
const items = ['laptop', 'phone', 'headphones', 'keyboard', 'monitor', 'charger', 'webcam', 'microphone'];

export interface PricesTable {
  /** Inserts and commits one row; answers its id. */
  insert(): Promise<number>;
  /** The ids of all rows, ascending. */
  ids(): Promise<number[]>;
  close(): Promise<void>;
}

/** Makes the table with its first row. */
export async function createPrices(url: string): Promise<PricesTable> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(create);
  let inserted = 0;
  const insert = async () => {
    const item = items[inserted % items.length];
    inserted += 1;
    const { rows } = await client.query('INSERT INTO prices(item, price) VALUES ($1, $2) RETURNING id', [
      item,
      19.5 + inserted,
    ]);
    return Number(rows[0].id);
  };
  await insert();
  return {
    insert,
    ids: async () => (await client.query('SELECT id FROM prices ORDER BY id')).rows.map((row) => Number(row.id)),
    close: () => client.end(),
  };
}
