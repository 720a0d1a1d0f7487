// Where set-up has put the parts that are not Node modules.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectlessError } from '../../src/errors';

export const projectRoot = join(__dirname, '..', '..');

/** Absolute paths. */
export interface Parts {
  /** Python with LocalStack, fastavro and duckdb. */
  readonly python: string;
  /** Python with MiniStack and cfn-lint. */
  readonly deployPython: string;
  /** Java 25. */
  readonly java: string;
  /** Folder of Kafka's jars. */
  readonly kafka: string;
  /** Archive of Kafka's loaded classes; made by the first start. */
  readonly kafkaArchive: string;
  /** What LocalStack works out at its first start. */
  readonly localstackCache: string;
  /** Apache's avro-tools, one jar. */
  readonly avroTools: string;
}

/** Throws a ConnectlessError `SETUP_MISSING` when set-up has not run. */
export function parts(): Parts {
  const written = readParts();
  const at = (name: keyof Parts): string => join(projectRoot, written[name]);
  return {
    python: at('python'),
    deployPython: at('deployPython'),
    java: at('java'),
    kafka: at('kafka'),
    kafkaArchive: at('kafkaArchive'),
    localstackCache: at('localstackCache'),
    avroTools: at('avroTools'),
  };
}

function readParts(): Record<keyof Parts, string> {
  try {
    return JSON.parse(readFileSync(join(projectRoot, '.connectless', 'parts.json'), 'utf8'));
  } catch (cause) {
    throw new ConnectlessError('SETUP_MISSING', 'The local servers are not installed: run `npm run setup` first.', {
      cause,
    });
  }
}
