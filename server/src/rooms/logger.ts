/** The part of a pino logger that the room server writes to. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const noLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
