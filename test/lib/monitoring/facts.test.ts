import { describe, expect, test } from '@jest/globals';
import { Stack, Token } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { functionFacts } from '../../../lib/monitoring/facts';

const code = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('1') };

describe('what is known of a function', () => {
  test('is its name as it was given, and not a reference to it', () => {
    const handler = new LambdaFunction(new Stack(), 'F', { ...code, functionName: 'prices', memorySize: 256 });
    expect(functionFacts(handler)).toEqual({ functionName: 'prices', memoryMb: 256 });
  });

  test('is a reference to a name that AWS makes', () => {
    const { functionName, memoryMb } = functionFacts(new LambdaFunction(new Stack(), 'F', code));
    expect(Token.isUnresolved(functionName)).toBe(true);
    expect(memoryMb).toBeUndefined();
  });

  test('has no memory of a function that is somebody else’s', () => {
    const stack = new Stack();
    const facts = functionFacts(LambdaFunction.fromFunctionName(stack, 'F', 'prices'));
    expect(JSON.stringify(stack.resolve(facts.functionName))).toContain(':function:prices');
    expect(facts.memoryMb).toBeUndefined();
  });
});
