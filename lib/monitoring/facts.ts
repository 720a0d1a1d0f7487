// What is known of a function at synthesis, in plain values.
import { Token } from 'aws-cdk-lib';
import { CfnFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { MonitoredConnector } from './monitored';

export interface FunctionFacts {
  readonly functionName: string;
  /** Absent of a function that is only referred to. */
  readonly memoryMb?: number;
}

export interface ConnectorFacts extends Omit<MonitoredConnector, 'handler'>, FunctionFacts {}

export function factsOf({ handler, ...connector }: MonitoredConnector): ConnectorFacts {
  return { ...connector, ...functionFacts(handler) };
}

/**
 * The name as it was given, where it was: a reference to another stack's function would be an export, and CloudFormation
 * removes no function whose export is in use.
 */
export function functionFacts(handler: IFunction): FunctionFacts {
  const { defaultChild } = handler.node;
  const { functionName, memorySize } = defaultChild instanceof CfnFunction ? defaultChild : {};
  return {
    functionName: functionName === undefined || Token.isUnresolved(functionName) ? handler.functionName : functionName,
    ...(memorySize === undefined ? {} : { memoryMb: memorySize }),
  };
}
