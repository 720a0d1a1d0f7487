// The requests that make a file: here, and in Kafka Connect's sink. All are at the price of a PUT.

/** A file below a part's size is one PUT; else an upload is started, its parts and its tail are sent, and it is completed. */
export function ourFileRequests(fileBytes: number, partBytes: number): number {
  const fullParts = Math.floor(fileBytes / partBytes);
  return fullParts === 0 ? 1 : fullParts + 3;
}

/** Always an upload. */
export function connectFileRequests(fileBytes: number, partBytes: number): number {
  return Math.max(1, Math.ceil(fileBytes / partBytes)) + 2;
}
