// Aurora is made ready for sources at deployment, through the Data API: from outside of the VPC, with nothing to install.
import { CustomResource, RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { customResourceProvider } from '../constructs/custom-resource-provider';
import { allow, PipelineFunction } from '../constructs/pipeline-function';
import { DATA_API_USER, DATABASE_USER } from '../deployment/connector-edits';
import type { PlannedFunction } from '../deployment/planned';
import { explain } from '../validation';
import { bootstrapStatements } from './bootstrap-statements';
import type { Aurora } from './database';

/** The databases, in each the tutorial's table and the user that sources log in as by IAM. */
export function bootstrapAurora(
  scope: Construct,
  id: string,
  aurora: Aurora,
  databases: readonly string[],
  planned: PlannedFunction,
): void {
  const step = new PipelineFunction(scope, id, {
    ...planned,
    description: "Makes the source's user and the tutorial's table",
  });
  grantAdministration(step, aurora, []);
  run(scope, id, aurora, databases, step, (database) => ({
    Statements: bootstrapStatements({ user: DATABASE_USER, database, login: 'iam' }),
  }));
}

export interface DataApiReader {
  /** Of user and password. */
  readonly secret: Secret;
  /** Once these are there, it may log in. */
  readonly ready: readonly CustomResource[];
}

/**
 * The user that sources log in as through the Data API, which knows passwords alone. Nobody has to know this one: it is made up by
 * Secrets Manager, and the database gets a verifier of it.
 */
export function makeDataApiReader(
  scope: Construct,
  id: string,
  aurora: Aurora,
  databases: readonly string[],
  planned: PlannedFunction,
): DataApiReader {
  const secret = readerSecret(scope, `${id}Secret`);
  const step = new PipelineFunction(scope, id, {
    ...planned,
    description: "Makes the source's user of the Data API",
  });
  grantAdministration(step, aurora, [secret.secretArn]);
  const ready = run(scope, id, aurora, databases, step, (database) => ({
    Statements: bootstrapStatements({ user: DATA_API_USER, database, login: 'password' }),
    PasswordSecretArn: secret.secretArn,
  }));
  return { secret, ready };
}

function readerSecret(scope: Construct, id: string): Secret {
  const secret = new Secret(scope, id, {
    description: 'User that sources read the database as, through the Data API',
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username: DATA_API_USER }),
      generateStringKey: 'password',
      passwordLength: 40,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  explain(secret, 'SMG4', 'Its user may only read; docs/deploy.md has the lines that change it.');
  return secret;
}

/** It runs statements as the administrator, and reads the secrets of the users that it makes. */
function grantAdministration(step: PipelineFunction, { clusterArn, secretArn }: Aurora, more: readonly string[]): void {
  allow(step, 'DataApi', ['rds-data:ExecuteStatement'], [clusterArn]);
  allow(step, 'Administrator', ['secretsmanager:GetSecretValue'], [secretArn]);
  allow(step, 'Users', ['secretsmanager:GetSecretValue'], more);
}

function run(
  scope: Construct,
  id: string,
  { cluster, clusterArn, secretArn }: Aurora,
  databases: readonly string[],
  step: PipelineFunction,
  propertiesOf: (database: string) => Readonly<Record<string, unknown>>,
): readonly CustomResource[] {
  const provider = customResourceProvider(scope, `${id}Provider`, step.handler);
  const resources = databases.map(
    (database) =>
      new CustomResource(scope, `${id}Statements-${database}`, {
        resourceType: 'Custom::DatabaseBootstrap',
        serviceToken: provider.serviceToken,
        properties: { ClusterArn: clusterArn, SecretArn: secretArn, Database: database, ...propertiesOf(database) },
      }),
  );
  // The Data API answers once the writer is there, and the function needs its rights; two at a time would make the same user.
  for (const [index, resource] of resources.entries()) {
    resource.node.addDependency(step, cluster, ...resources.slice(Math.max(0, index - 1), index));
  }
  return resources;
}
