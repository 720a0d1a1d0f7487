// Turns what Secrets Manager answers into an error that names secret and cure.
import { ConnectlessError, messageOf } from '../errors';

/**
 * `SECRET_FORBIDDEN`, `SECRET_NOT_FOUND`, `AWS_CREDENTIALS`, or `SECRET_UNAVAILABLE` (retryable).
 * @param region absent: the function's own
 */
export function secretError(
  error: unknown,
  secret: string,
  region = process.env.AWS_REGION ?? 'its region',
): ConnectlessError {
  if (error instanceof ConnectlessError) return error;
  const name = error instanceof Error ? error.name : '';
  const make = (code: string, message: string, retryable = false) =>
    new ConnectlessError(code, `The secret ${secret}: ${message}`, { retryable, cause: error });

  if (name === 'AccessDeniedException' || name === 'DecryptionFailure') {
    const key = 'and, when it has a key of KMS of its own, kms:Decrypt on that';
    return make('SECRET_FORBIDDEN', `allow the role secretsmanager:GetSecretValue on it ${key}. (${messageOf(error)})`);
  }
  if (name === 'ResourceNotFoundException' || name === 'InvalidRequestException') {
    const cure = 'create it, or write its name or ARN as it is there; of another region, its ARN';
    return make('SECRET_NOT_FOUND', `${region} has none of that name that can be read: ${cure}. (${messageOf(error)})`);
  }
  if (/Credentials|ExpiredToken|UnrecognizedClient|InvalidSignature/.test(name)) {
    return make('AWS_CREDENTIALS', `AWS does not know the credentials to read it with. (${messageOf(error)})`);
  }
  if (/Region is missing/.test(messageOf(error))) {
    return make(
      'CONFIG_INVALID',
      'nothing says its region: set AWS_REGION, or config.providers.secretsmanager.param.region.',
    );
  }
  const endpoint = `a function in subnets without a way out needs the VPC endpoint com.amazonaws.${region}.secretsmanager, open to its security group at port 443`;
  return make(
    'SECRET_UNAVAILABLE',
    `no answer from Secrets Manager in ${region}: ${endpoint}. (${messageOf(error)})`,
    true,
  );
}
