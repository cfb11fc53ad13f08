/** What a framed room tells the page around it. */
export type FrameMessage =
  | { readonly type: 'height'; readonly height: number }
  | { readonly type: 'state'; readonly state: string }
  | { readonly type: 'role'; readonly role: string };

/** What the page around may ask of a framed room. */
export type FrameCommand = 'join' | 'leave' | 'mute' | 'unmute';

/** Tells our messages from those of others in the page. */
export const CHANNEL = 'ils-embed';

interface Envelope<T> {
  readonly channel: typeof CHANNEL;
  readonly body: T;
}

export const enclose = <T>(body: T): Envelope<T> => ({ channel: CHANNEL, body });

/** What an envelope of ours holds; nothing where it is somebody else's. */
export function open(data: unknown): unknown {
  const isOurs = typeof data === 'object' && data !== null && 'channel' in data && data.channel === CHANNEL;
  return isOurs && 'body' in data ? data.body : undefined;
}
