// What stands in a source's way, as a custom resource of CloudFormation: a deployment ends there instead of a source.
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { ConnectlessError } from '../errors';
import { logger } from '../log';
import type { Answer } from './answer';
import { type Patience, patiently } from './patience';
import { findingLine, maySettle, tellFindings, type Verdict, verdictOf } from './preflight-verdict';
import { type AskSource, askSource } from './source-function';

/** Throws PREFLIGHT_FAILED with the findings, PREFLIGHT_INVALID, SOURCE_FAILED, and the errors of `askSource`. */
export async function preflightResource(
  event: CloudFormationCustomResourceEvent,
  patient: Patience,
  ask: AskSource = askSource,
): Promise<Answer> {
  // Whatever the source is like by then must not keep a stack from being deleted.
  if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId };
  const { FunctionName: name } = event.ResourceProperties;
  if (typeof name !== 'string' || name === '') {
    throw new ConnectlessError('PREFLIGHT_INVALID', 'Custom::SourcePreflight, property FunctionName: write a text.');
  }
  const id = { PhysicalResourceId: `preflight/${name}` };
  const verdict = await patiently(patient, logger, () => settled(ask, name)).catch(passOverBusy);
  if (verdict === undefined) return id;
  const { errors, others } = verdict;
  for (const finding of errors) logger.error(findingLine(finding), { source: name });
  for (const finding of others) logger.info(findingLine(finding), { source: name });
  if (errors.length === 0) return id;
  throw new ConnectlessError(
    'PREFLIGHT_FAILED',
    `The source ${name} could not read, or would lose rows (${errors.length} found):\n${tellFindings(errors)}`,
  );
}

/** Throws SOURCE_FAILED, for another attempt, where the source could not look at everything. */
async function settled(ask: AskSource, name: string): Promise<Verdict> {
  const verdict = verdictOf(await ask(name));
  const unsettled = verdict.errors.filter(maySettle);
  if (unsettled.length === 0) return verdict;
  throw new ConnectlessError('SOURCE_FAILED', `The source ${name} could not look:\n${tellFindings(unsettled)}`);
}

/** It runs for as long as the deployment could wait. It looks at the same before each of its own starts, and the deployment need not fail. */
function passOverBusy(error: unknown): undefined {
  if (!(error instanceof ConnectlessError) || error.code !== 'SOURCE_BUSY') throw error;
  logger.warn(`Not looked at: ${error.message} It looks by itself when it starts, and says what it finds in its log.`);
}
