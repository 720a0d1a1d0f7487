// The built-in registry as a construct: Confluent's REST API behind an HTTP API that only signed requests pass.
import { Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { PlannedFunction } from '../deployment/planned';
import { grantState, registryState, type StateStore } from './buckets';
import { PipelineFunction } from './pipeline-function';

export interface SchemaRegistryProps {
  /** The registry's function, from `planDeployment`. */
  readonly function: PlannedFunction;
  /** Where its log is. */
  readonly state: StateStore;
}

/** Requests a second that the API lets through, and at once. */
const RATE = 50;
const BURST = 100;

/** An HTTP API has no private endpoint: it is private because nobody may call it who was not granted to. */
export class SchemaRegistry extends Construct {
  readonly step: PipelineFunction;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { function: planned, state }: SchemaRegistryProps) {
    super(scope, id);
    this.step = new PipelineFunction(this, 'Registry', {
      ...planned,
      description: "Schema registry: Confluent's REST API over the log in the state bucket",
    });
    grantState(this.step, state, { reads: [], writes: registryState({}) });
    this.api = new HttpApi(this, 'Api', {
      apiName: planned.functionName,
      description: 'Schema registry; requests are signed (IAM)',
      createDefaultStage: false,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    const integration = new HttpLambdaIntegration('Integration', this.step.handler);
    for (const path of ['/', '/{proxy+}']) this.api.addRoutes({ path, methods: [HttpMethod.ANY], integration });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: RATE, burstLimit: BURST },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_MONTH }),
        ),
      },
    });
  }

  /** The URL of the API; requests to it are signed for `execute-api`. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Look-ups: `GET`. */
  grantRead(grantee: IGrantable): void {
    this.allow(grantee, ['GET']);
  }

  /** Look-ups and registrations: `GET`, `POST` and `PUT`. */
  grantReadWrite(grantee: IGrantable): void {
    this.allow(grantee, ['GET', 'POST', 'PUT']);
  }

  private allow(grantee: IGrantable, methods: readonly string[]): void {
    const { partition, region, account } = Stack.of(this);
    const resources = methods.map(
      (method) => `arn:${partition}:execute-api:${region}:${account}:${this.api.apiId}/$default/${method}/*`,
    );
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ['execute-api:Invoke'], resources }));
  }
}
