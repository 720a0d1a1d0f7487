// How long a call may take, in milliseconds.

/** The Data API itself ends a statement after 45 s. Without `throw…` the SDK would only warn. */
export const TIMEOUTS = { connectionTimeout: 5000, requestTimeout: 60_000, throwOnRequestTimeout: true };
