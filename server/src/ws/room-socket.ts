import { WebSocket } from 'ws';

const PROTOCOL_ERROR = 1002;
const NOT_UTF8 = 1007;
const TOO_LARGE = 1009;

/** A WebSocket that tells before it closes itself over a frame it cannot take, so that a `bye` still gets out ([L1]). */
export class RoomSocket extends WebSocket {
  onRefusedFrame: ((tooLarge: boolean) => void) | null = null;

  override close(code?: number, reason?: string | Buffer): void {
    if (code === PROTOCOL_ERROR || code === NOT_UTF8 || code === TOO_LARGE) {
      this.onRefusedFrame?.(code === TOO_LARGE);
    }
    super.close(code, reason);
  }
}
