// What a Confluent-compatible registry's HTTP answer says.
import type { HttpAnswer } from './confluent-http';

export const SUBJECT_NOT_FOUND = 40401;
export const SCHEMA_NOT_FOUND = 40403;

export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** `404 (error_code 40403): Schema 7 not found` */
export function complaint(answer: HttpAnswer): string {
  const code = errorCode(answer);
  const message = member(json(answer.body), 'message');
  return `${answer.status}${code === undefined ? '' : ` (error_code ${code})`}${typeof message === 'string' ? `: ${message}` : ''}`;
}

export function errorCode(answer: HttpAnswer): unknown {
  return member(json(answer.body), 'error_code');
}

/** Undefined: it is no JSON. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
