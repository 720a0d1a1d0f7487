// What a source's findings mean for a deployment, and how they are told.
import { ConnectlessError } from '../errors';
import type { Finding } from '../preflight/finding';

export interface Verdict {
  /** They end the deployment. */
  readonly errors: readonly Finding[];
  /** They are logged. */
  readonly others: readonly Finding[];
}

/** Throws PREFLIGHT_INVALID for an answer without findings: of a function of another version. */
export function verdictOf(answer: unknown): Verdict {
  const { findings } = Object(answer);
  if (!Array.isArray(findings) || !findings.every(isFinding)) {
    throw new ConnectlessError('PREFLIGHT_INVALID', 'The source answers without findings: deploy it again.');
  }
  const stops = ({ severity }: Finding) => severity === 'error';
  return { errors: findings.filter(stops), others: findings.filter((finding) => !stops(finding)) };
}

/** Of what has just been made, and of rights that were just given: a minute later it may be gone. */
export function maySettle({ code }: Finding): boolean {
  return /^(POSTGRES_(UNAVAILABLE|AUTHENTICATION)$|(DATA_API|REGISTRY|STATE|S3|SECRET|AWS)_)/.test(code);
}

function isFinding(value: unknown): value is Finding {
  const { severity, code, what } = Object(value);
  return [severity, code, what].every((text) => typeof text === 'string');
}

/** CloudFormation is answered in 4096 bytes, with the stack of the error and more in them: beyond this it would hear of nothing. */
const LONGEST = 1500;

/** A line each, as many as CloudFormation takes. */
export function tellFindings(findings: readonly Finding[]): string {
  const lines: string[] = [];
  let length = 0;
  for (const line of findings.map(findingLine)) {
    length += Buffer.byteLength(line) + 1;
    if (lines.length > 0 && length > LONGEST) break;
    lines.push(
      Buffer.from(line)
        .subarray(0, LONGEST)
        .toString()
        .replace(/\uFFFD+$/, ''),
    );
  }
  const more = findings.length - lines.length;
  return [...lines, ...(more === 0 ? [] : [`and ${more} more, in the log of this function`])].join('\n');
}

/** `public.prices.id: NO_INDEX: what it is. What to do.` */
export function findingLine({ table, column, code, what, write }: Finding): string {
  const place = [table, column].filter((part) => part !== undefined).join('.');
  return `${place === '' ? '' : `${place}: `}${code}: ${what}${write === undefined ? '' : ` ${write}`}`;
}
