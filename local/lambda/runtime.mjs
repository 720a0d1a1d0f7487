// Lambda's runtime in a child process: loads a bundle's handler and answers one invocation at a time over IPC.
//
//   parent → child   { type: 'invoke', requestId, event: JSON text, deadline: epoch ms }
//                    { type: 'deadline', deadline }        moves the deadline of the invocation in hand
//   child → parent   { type: 'ready' }
//                    { type: 'result', result: JSON text }
//                    { type: 'error', error: { errorType, errorMessage, stackTrace } }
import { createRequire } from 'node:module';

// A signal from the terminal reaches the whole process group; when to end is the parent's decision.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());

const { handler } = createRequire(import.meta.url)(process.argv[2]);
let deadline = 0;

process.on('message', (message) => {
  deadline = message.deadline;
  if (message.type === 'invoke') void invoke(message);
});
process.send({ type: 'ready' });

async function invoke({ requestId, event }) {
  try {
    const result = await handler(JSON.parse(event), contextOf(requestId));
    process.send({ type: 'result', result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    process.send({ type: 'error', error: errorAnswer(error) });
  }
}

function contextOf(awsRequestId) {
  const { env } = process;
  return {
    awsRequestId,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: `arn:aws:lambda:${env.AWS_REGION}:000000000000:function:${env.AWS_LAMBDA_FUNCTION_NAME}`,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function errorAnswer(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), stackTrace: [] };
  return { errorType: error.name, errorMessage: error.message, stackTrace: error.stack?.split('\n').slice(1) ?? [] };
}
