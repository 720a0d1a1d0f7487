// The secrets that deployed files refer to: `${secretsmanager:SECRET:KEY}`.
import type { PropertiesFile } from '../../src/config/properties';
import type { Changed } from './edits';

/** A secret that a function reads when it starts. */
export interface DeployedSecret {
  /** Name or ARN. */
  readonly secret: string;
  /** Absent: the function's own region. */
  readonly region?: string;
}

/** Each once; what an edit replaces refers to nothing any more. */
export function deployedSecrets(changed: readonly Changed[]): readonly DeployedSecret[] {
  const references = changed.flatMap(({ file, edits }) =>
    file.properties.filter(({ key }) => !Object.hasOwn(edits, key)).flatMap(({ secrets = [] }) => secrets),
  );
  const found = references.map(({ secret, region }) => ({ secret, ...(region === undefined ? {} : { region }) }));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** ARN of the secret that the login by SCRAM is taken from: the trigger reads the same one. */
export function scramSecretOf(worker: PropertiesFile): string | undefined {
  const jaas = worker.properties.findLast(({ key }) => key === 'sasl.jaas.config');
  return jaas?.secrets?.map(({ secret }) => secret).find((secret) => secret.startsWith('arn:'));
}
