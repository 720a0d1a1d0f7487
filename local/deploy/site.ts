// What a deployment finds when "everything exists": table, buckets, and the secret with the database's password; and looks at it.
import { GetFunctionConcurrencyCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { fileWatch } from '../demo/files';
import { createPrices } from '../demo/table';
import type { Cloud } from './cloud';
import type { Site } from './connector-set';
import { type Price, pricesIn, pricesInFile } from './prices';

export interface MadeSite {
  /** Inserts and commits rows, one by one. */
  insert(count: number): Promise<void>;
  rows(): Promise<readonly Price[]>;
  /** Rows of each file, by key. */
  files(): Promise<Files>;
  /** Keys of a sink's state. */
  stateOf(sink: string): Promise<readonly string[]>;
  /** Names of all functions. */
  functions(): Promise<readonly string[]>;
  /** Reserved concurrency. */
  concurrencyOf(functionName: string): Promise<number | undefined>;
  close(): Promise<void>;
}

export type Files = ReadonlyMap<string, readonly Price[]>;

/** The table has one row already. */
export async function makeSite(site: Site, { s3, lambda, secrets, postgresUrl }: Cloud): Promise<MadeSite> {
  const table = await createPrices(postgresUrl);
  for (const Bucket of [site.stateBucket, site.filesBucket]) await s3.send(new CreateBucketCommand({ Bucket }));
  const { password } = new URL(postgresUrl);
  await secrets.send(new CreateSecretCommand({ Name: site.secret, SecretString: JSON.stringify({ password }) }));
  const watch = fileWatch(s3, site.filesBucket, '');

  return {
    async insert(count) {
      for (let row = 0; row < count; row += 1) await table.insert();
    },
    rows: () => pricesIn(postgresUrl),
    async files() {
      const files = [...(await watch())].sort(([one], [other]) => one.localeCompare(other));
      return new Map(files.map(([key, { body }]) => [key, pricesInFile(body)]));
    },
    async stateOf(sink) {
      const prefix = `${site.statePrefix}/sink/${sink}/`;
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: site.stateBucket, Prefix: prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    async functions() {
      const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
      return Functions.flatMap(({ FunctionName }) => FunctionName ?? []).sort();
    },
    async concurrencyOf(functionName) {
      const command = new GetFunctionConcurrencyCommand({ FunctionName: functionName });
      return (await lambda.send(command)).ReservedConcurrentExecutions;
    },
    close: table.close,
  };
}
