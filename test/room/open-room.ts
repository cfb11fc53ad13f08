import { composeRoom } from '../../src/create-room.ts';
import type { RoomMedia, RoomMediaObserver } from '../../src/media/room-media.ts';
import type { ProgramMedia } from '../../src/media/program/program-media.ts';
import type { OpenSocket } from '../../src/room/socket.ts';
import type { Room, TokenProvider } from '../../src/room/room.ts';
import { FakeClock, settle } from '../../src/testing/index.ts';
import { ScriptedServer } from './scripted-server.ts';

/** Media that only writes down what it is told. */
export class RecordedMedia implements RoomMedia {
  readonly supported = true;
  readonly calls: [string, ...unknown[]][] = [];
  observer: RoomMediaObserver | undefined;
  preload = (): void => this.#note('preload');
  connected = (kept: boolean): void => this.#note('connected', kept);
  disconnected = (): void => this.#note('disconnected');
  mediaReset = (data: unknown): void => this.#note('mediaReset', data);
  subscriptionEnded = (data: unknown): void => this.#note('subscriptionEnded', data);
  subscriptionLayerChanged = (data: unknown): void => this.#note('subscriptionLayerChanged', data);
  setStreams = (streams: ReadonlyMap<unknown, unknown>): void => this.#note('setStreams', [...streams.keys()]);
  setPublishable = (sources: readonly unknown[] | null): void => this.#note('setPublishable', sources);
  setWatching = (watching: boolean): void => this.#note('setWatching', watching);
  startSource = async (source: unknown): Promise<void> => this.#note('startSource', source);
  stopSource = (source: unknown): void => this.#note('stopSource', source);
  setSourceMuted = async (source: unknown, muted: boolean): Promise<void> =>
    this.#note('setSourceMuted', source, muted);
  selectDevice = async (kind: unknown, id: unknown): Promise<void> => this.#note('selectDevice', kind, id);
  refreshDevices = async (): Promise<void> => this.#note('refreshDevices');
  useTestMedia = async (on: unknown): Promise<void> => this.#note('useTestMedia', on);
  attachStream = (): (() => void) => () => {};
  attachSource = (): (() => void) => () => {};
  listen = (): (() => void) => () => {};
  resumePlayback = async (): Promise<void> => {};
  setPlaybackMuted = (muted: boolean): void => this.#note('setPlaybackMuted', muted);
  setVolume = (volume: number): void => this.#note('setVolume', volume);
  setStageGain = (): void => {};
  stageAudible = async (): Promise<void> => {};
  close = (): void => this.#note('close');
  watchLevel = (): (() => void) => {
    this.#note('watchLevel');
    return () => this.#note('unwatchLevel');
  };

  /** What was told since the last look, without the details named. */
  take(): [string, ...unknown[]][] {
    return this.calls.splice(0);
  }

  #note(...call: [string, ...unknown[]]): void {
    this.calls.push(call);
  }
}

/** No programme at all. */
class SilentProgram implements ProgramMedia {
  /** Until when what was shown before is heard. */
  crossed = Promise.resolve();
  attach = (): (() => void) => () => {};
  command = (): void => {};
  show = (): Promise<void> => this.crossed;
  resume = async (): Promise<void> => {};
  close = (): void => {};
}

export interface OpenRoom {
  readonly room: Room;
  readonly server: ScriptedServer;
  readonly clock: FakeClock;
  readonly media: RecordedMedia;
  readonly program: SilentProgram;
  /** Joins and waits for the welcome. */
  join(): Promise<void>;
  /** Delivers all that is on its way on the newest link, and what comes of it. */
  flush(): Promise<void>;
  /** Lets time pass while everything is delivered at once. */
  pass(ms: number): Promise<void>;
}

export interface OpenRoomOptions {
  readonly tokenProvider?: TokenProvider;
  readonly token?: string;
  readonly server?: ScriptedServer;
  readonly clock?: FakeClock;
  readonly name?: string;
  readonly openSocket?: OpenSocket;
}

export function openRoom(options: OpenRoomOptions = {}): OpenRoom {
  const clock = options.clock ?? new FakeClock();
  const server = options.server ?? new ScriptedServer(() => clock.epoch());
  const media = new RecordedMedia();
  const program = new SilentProgram();
  const room = composeRoom(
    {
      server: 'https://live.example',
      room: 'room',
      tokenProvider: options.tokenProvider ?? (() => 'me'),
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.token === undefined ? {} : { token: options.token }),
    },
    {
      openSocket: options.openSocket ?? server.network.openSocket,
      clock,
      createMedia: ({ observer }) => {
        media.observer = observer;
        return media;
      },
      createProgram: () => program,
    },
  );
  const flush = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) {
      await settle();
      if (server.network.pairs.length > 0) server.network.latest.deliverAll();
    }
    await settle();
  };
  return {
    room,
    server,
    clock,
    media,
    program,
    flush,
    async pass(ms) {
      for (let left = ms; left > 0; left -= 250) {
        await clock.advance(Math.min(250, left));
        await flush();
      }
    },
    async join() {
      const joined = room.actions.join();
      await flush();
      await joined;
    },
  };
}
