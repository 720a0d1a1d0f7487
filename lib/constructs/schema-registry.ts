// The built-in registry as a construct: Confluent's REST API behind an HTTP API that only signed requests pass.
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { PlannedFunction } from '../deployment/planned';
import { grantState, registryState } from './buckets';
import { PipelineFunction } from './pipeline-function';

export interface SchemaRegistryProps {
  /** The registry's function, from `planConnectors`. */
  readonly function: PlannedFunction;
  /** The bucket of its log. */
  readonly state: IBucket;
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
    grantState(this.step, state, { reads: [], writes: registryState({ builtIn: true }) });
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
          new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
        ),
      },
    });
  }

  /** The URL of the API; requests to it are signed for `execute-api`. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Look-ups: `GET`. */
  grantRead(grantee: IGrantable): Grant {
    return this.grant(grantee, ['GET']);
  }

  /** Look-ups and registrations: `GET`, `POST` and `PUT`. */
  grantReadWrite(grantee: IGrantable): Grant {
    return this.grant(grantee, ['GET', 'POST', 'PUT']);
  }

  private grant(grantee: IGrantable, methods: readonly string[]): Grant {
    const { partition, region, account } = Stack.of(this);
    const api = `arn:${partition}:execute-api:${region}:${account}:${this.api.apiId}`;
    const resourceArns = methods.map((method) => `${api}/$default/${method}/*`);
    return Grant.addToPrincipal({ grantee, actions: ['execute-api:Invoke'], resourceArns });
  }
}
