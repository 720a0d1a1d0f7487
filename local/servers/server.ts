// What a started server is to those who use it.

export interface Server {
  readonly name: string;
  readonly pid: number;
  /** `postgresql://…` for Postgres, `host:port` for Kafka, `http://…` for S3. */
  readonly url: string;
  /** Ends the process and removes its directory; a second call does nothing. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** An existing folder for this server alone, named `connectless-…`: holds its data and its log, removed when it stops. */
  readonly directory: string;
  /** Port on 127.0.0.1. @default a free one */
  readonly port?: number | undefined;
}
