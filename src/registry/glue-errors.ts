// Turns what AWS Glue answers into an error that names the schema version and the cure.
import { ConnectlessError, messageOf } from '../errors';

/**
 * SCHEMA_NOT_FOUND, the record's fault; REGISTRY_REFUSED, AWS_CREDENTIALS, CONFIG_INVALID, the deployment's; or
 * REGISTRY_UNAVAILABLE (retryable).
 * @param region absent: the function's own
 */
export function glueError(
  error: unknown,
  id: number | string,
  region = process.env.AWS_REGION ?? 'its region',
): ConnectlessError {
  if (error instanceof ConnectlessError) return error;
  const name = error instanceof Error ? error.name : '';
  const make = (code: string, message: string, retryable = false) =>
    new ConnectlessError(code, `Schema version ${id} of AWS Glue: ${message} (${messageOf(error)})`, {
      retryable,
      cause: error,
    });

  if (name === 'EntityNotFoundException' || name === 'InvalidInputException') {
    return make('SCHEMA_NOT_FOUND', `there is none in ${region}; of another region or account, set region.`);
  }
  if (name === 'AccessDeniedException') return make('REGISTRY_REFUSED', 'allow the role glue:GetSchemaVersion.');
  if (/Credentials|ExpiredToken|UnrecognizedClient|InvalidSignature/.test(name)) {
    return make('AWS_CREDENTIALS', 'AWS does not know the credentials to read it with.');
  }
  if (/Region is missing/.test(messageOf(error))) {
    return make('CONFIG_INVALID', "nothing says its region: set AWS_REGION, or the converter's region.");
  }
  const endpoint = `a function in subnets without a way out needs the VPC endpoint com.amazonaws.${region}.glue, open to its security group at port 443`;
  return make('REGISTRY_UNAVAILABLE', `no answer from Glue in ${region}: ${endpoint}.`, true);
}
