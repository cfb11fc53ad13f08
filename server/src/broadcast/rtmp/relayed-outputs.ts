import type { RoomId } from '../../../../src/protocol/index.ts';
import type { EncodedRun, MediaFormat } from '../encoded-media.ts';
import type { BroadcastOutput, BroadcastOutputs, OutputOptions } from '../packager/broadcast-output.ts';
import type { Destinations } from './destinations.ts';
import { FanOut } from './fan-out.ts';

/** Outputs whose frames go on to the room's destinations as well. */
export class RelayedOutputs implements BroadcastOutputs {
  readonly #outputs: BroadcastOutputs;
  readonly #destinations: Destinations;

  constructor(outputs: BroadcastOutputs, destinations: Destinations) {
    this.#outputs = outputs;
    this.#destinations = destinations;
  }

  async open(roomId: RoomId, broadcastId: string, options?: OutputOptions): Promise<BroadcastOutput> {
    const output = await this.#outputs.open(roomId, broadcastId, options);
    if (options?.recordOnly === true) return output;
    const fanOut = new FanOut([output]);
    await this.#destinations.start(roomId, fanOut);
    return {
      livestreamUrl: output.livestreamUrl,
      playbackHlsUrl: output.playbackHlsUrl,
      onPlayable: (callback) => output.onPlayable(callback),
      mark: (mark) => output.mark(mark),
      onRecording: (callback) => output.onRecording(callback),
      begin: (format: MediaFormat, startedAt: number): EncodedRun => fanOut.begin(format, startedAt),
      finish: async () => {
        await Promise.all([output.finish(), this.#destinations.stop(roomId)]);
      },
    };
  }

  urls(roomId: string) {
    return this.#outputs.urls(roomId);
  }

  async close(): Promise<void> {
    await Promise.all([this.#outputs.close(), this.#destinations.close()]);
  }
}
