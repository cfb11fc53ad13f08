import { negotiateVersion, ProtocolError, type HelloFrame } from '../../../src/protocol/index.ts';
import type { TokenVerifier } from '../auth/token.ts';
import type { Link, Seat } from '../rooms/link.ts';
import type { Rooms } from '../rooms/rooms.ts';

/** Lets clients in: version, token, room ([H2], [T1]). */
export class Greeter {
  readonly #rooms: Rooms;
  readonly #tokens: TokenVerifier;

  constructor(rooms: Rooms, tokens: TokenVerifier) {
    this.#rooms = rooms;
    this.#tokens = tokens;
  }

  /** `null` where the link broke meanwhile. Throws the `ProtocolError` that the `bye` carries. */
  async greet(hello: HelloFrame, link: Link): Promise<Seat | null> {
    try {
      return await this.#admit(hello, link);
    } catch (error) {
      const failure = this.#toProtocolError(error);
      this.#rooms.metrics.helloAnswered(failure.code);
      throw failure;
    }
  }

  async #admit({ room: roomId, versions, token, name, resume }: HelloFrame, link: Link): Promise<Seat | null> {
    const version = negotiateVersion(versions);
    if (version === undefined) throw new ProtocolError('versionUnsupported', 'No version in common.');
    const claims = await this.#tokens.verify(token);
    if (claims.roomId !== roomId) throw new ProtocolError('tokenInvalid', 'The token is for another room.');
    const home = await this.#rooms.open(roomId);
    if (!link.isOpen) return null;
    const joined = await home.features.breakouts.admit(home, { claims, name, link, version, resume });
    if (joined === null) return null;
    this.#rooms.metrics.helloAnswered(joined.resumed ? 'resumed' : 'joined');
    return { room: joined.room, participant: joined.participant };
  }

  #toProtocolError(error: unknown): ProtocolError {
    if (error instanceof ProtocolError) return error;
    this.#rooms.logger.error({ err: error }, 'a hello failed');
    return new ProtocolError('internal', 'Something went wrong.');
  }
}
