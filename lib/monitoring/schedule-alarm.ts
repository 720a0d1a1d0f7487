// The alarm of a function that a schedule invokes: starts that came to nothing.
import type { AlarmPlan, Span } from './alarm-plan';
import type { ConnectorFacts } from './facts';
import { lambda } from './series';

/** An event whose invocation fails is dropped too, as there are no retries: errors ring for that. */
export function eventsDropped({ name, functionName }: ConnectorFacts, span: Span): AlarmPlan {
  return {
    runbook: 'schedule-events-dropped',
    says: `Lambda drops starts of ${name} that its schedule asks for: there is no concurrency left for it.`,
    watches: {
      expression: 'dropped - errors',
      using: {
        dropped: lambda('AsyncEventsDropped', functionName, 'Sum'),
        errors: lambda('Errors', functionName, 'Sum'),
      },
    },
    comparison: '>=',
    threshold: 1,
    span,
    silence: { is: 'notBreaching', because: 'Lambda counts drops only when there are some' },
  };
}
