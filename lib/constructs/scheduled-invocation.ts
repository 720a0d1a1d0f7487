// A schedule that invokes a function; an invocation that fails is left to the next turn.
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';

export interface ScheduledInvocationProps {
  readonly handler: IFunction;
  /** Whole minutes. */
  readonly every: Duration;
  /** One line for the console. */
  readonly description: string;
  /** What the function is given. @default an empty object */
  readonly event?: Readonly<Record<string, string>>;
}

/** The longest that Lambda, and the scheduler, keep an event. */
const LAMBDA_KEEPS = Duration.hours(6);
const SCHEDULER_KEEPS = Duration.hours(24);

function atMost(one: Duration, other: Duration): Duration {
  return one.toSeconds() < other.toSeconds() ? one : other;
}

/** Neither the scheduler nor Lambda tries again: what is late by a turn would only stand in the way of the next. */
export class ScheduledInvocation extends Construct {
  constructor(scope: Construct, id: string, { handler, every, description, event = {} }: ScheduledInvocationProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }));
    handler.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: atMost(every, LAMBDA_KEEPS) });
    new Schedule(this, 'Schedule', {
      description,
      schedule: ScheduleExpression.rate(every),
      target: new LambdaInvoke(handler, {
        // The CDK would add every version of the function.
        role: role.withoutPolicyUpdates(),
        input: ScheduleTargetInput.fromObject(event),
        retryAttempts: 0,
        maxEventAge: atMost(every, SCHEDULER_KEEPS),
      }),
    });
  }
}
