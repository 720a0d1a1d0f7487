// The compare-and-set object store on which cursors, open files and the registry's log stand.

/** An object and the version that a replacement must name. */
export interface Versioned {
  readonly body: Buffer;
  /** Opaque: S3's ETag, a directory's generation. */
  readonly version: string;
}

/**
 * Objects by key (`a/b/c`), each replaced only by whoever knows its current version.
 * `create` and `replace` answer the new version, or undefined when somebody else was first: reload and decide again.
 * A write that finds its own body already there has succeeded (a retried request collides with itself): where only one
 * writer may win, its body must name it. Rarely a write that was refused did take effect and was replaced at once:
 * after reloading, a writer looks whether the object knows of its work before it undoes or repeats it.
 */
export interface StateStore {
  read(key: string): Promise<Versioned | undefined>;
  create(key: string, body: Buffer): Promise<string | undefined>;
  replace(key: string, body: Buffer, version: string): Promise<string | undefined>;
  /** Keys that begin with the prefix, in order. */
  list(prefix: string): Promise<string[]>;
}
