import type { Broadcasts } from '../broadcasts.ts';
import type { LiveChannel } from '../packager/live-channel.ts';
import { cuttingLimits, type CuttingLimits } from '../packager/packager-options.ts';
import type { PlaylistPair } from '../packager/playlists/playlist-pair.ts';
import { RenderedPlaylist } from '../packager/playlists/rendered-playlist.ts';
import { RUNG_NAMES } from '../ladder.ts';
import type { RenditionName } from '../packager/segment.ts';
import { roomKey } from '../packager/storage-keys.ts';
import { awaitReload, readDirectives } from './blocking-reload.ts';
import { CaptionDelivery } from './caption-delivery.ts';
import { errorAnswer, fileAnswer, FOREVER, playlistAnswer, readRange, type MediaAnswer } from './media-answer.ts';

export interface MediaRequest {
  readonly roomId: string;
  /** Below the room's address. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly acceptEncoding: string | undefined;
  readonly range: string | undefined;
  /** Aborted when the reader goes away. */
  readonly signal: AbortSignal;
}

const LIVE_MEDIA = /^live\/(video|half|quarter|audio)\.m3u8$/;
const EVENT_MEDIA = /^([\w.:-]{1,64})\/(video|audio)\.m3u8$/;
const CAPTION_MEDIA = /^([\w.:-]{1,64})\/captions-([A-Za-z0-9-]{2,35})\.m3u8$/;
const STORED_PLAYLIST = /^[\w.:-]{1,64}\/vod(-video|-audio|-captions-[A-Za-z0-9-]{2,35})?\.m3u8$/;
const MEDIA_FILE = /^([\w.:-]{1,64})\/(video|half|quarter|audio)\/(part-\d{1,9}\.m4s|\d{1,9}\.m4s|init-\d{1,9}\.mp4)$/;
const RECORDING_FILE =
  /^[\w.:-]{1,64}\/(recording\.mp4|poster\.jpg|chapters\.vtt|(vod-)?captions-[A-Za-z0-9-]{2,45}\.vtt|events\.jsonl)$/;

/** A blocked reload says the same to everyone who asks for the same: it keeps as long as RFC 8216bis, B.1 suggests. */
const BLOCKED_KEPT = 6;
/** Whole seconds are all that a cache understands; it must not be older than a moment. */
const LIVE_PLAYLIST = 'public, max-age=1';
const RECORDED_PLAYLIST = 'public, max-age=3600';
const RETRY_AFTER_SECONDS = 2;

/** Answers for all that players ask for, whatever stands between them and this server. */
export class MediaDelivery {
  readonly #broadcasts: Broadcasts;
  readonly #isRoom: (roomId: string) => Promise<boolean>;
  readonly #limits: CuttingLimits;
  readonly #captions: CaptionDelivery;

  /** `isRoom`: whether there is such a room, which may show the slate. */
  constructor(broadcasts: Broadcasts, isRoom: (roomId: string) => Promise<boolean>) {
    this.#broadcasts = broadcasts;
    this.#isRoom = isRoom;
    this.#captions = new CaptionDelivery(broadcasts);
    this.#limits = cuttingLimits(broadcasts.packaging);
  }

  async answer(request: MediaRequest): Promise<MediaAnswer> {
    const { signer, clock } = this.#broadcasts;
    if (signer === null) return this.#route(request);
    const signed = signer.check(request.roomId, request.path, clock.now());
    switch (signed.verdict) {
      case 'valid':
        return this.#route({ ...request, path: signed.path });
      case 'expired':
        return errorAnswer('expired', 'The address has expired; ask for a new one.', { status: 403 });
      default:
        return errorAnswer('forbidden', 'The address is not signed as it must be.');
    }
  }

  async #route(request: MediaRequest): Promise<MediaAnswer> {
    const { roomId, path } = request;
    if (path === 'live.m3u8') return this.#liveMultivariant(request);
    if (path === 'playback.m3u8') return this.#playbackMultivariant(request);
    const live = LIVE_MEDIA.exec(path);
    if (live !== null) {
      const channel = await this.#channel(roomId);
      return channel === null ? noSuchRoom() : this.#media(channel.playlists, renditionOf(live[1]), request);
    }
    const captions = CAPTION_MEDIA.exec(path);
    if (captions !== null) return this.#captionMedia(request, captions[1] ?? '', captions[2] ?? '');
    if (this.#captions.isSegment(path)) return this.#captionSegment(request);
    const event = EVENT_MEDIA.exec(path);
    if (event !== null) {
      const broadcast = this.#broadcasts.broadcast(roomId, event[1] ?? '');
      return broadcast === null
        ? this.#stored(request, RECORDED_PLAYLIST)
        : this.#media(broadcast.event, renditionOf(event[2]), request);
    }
    const file = MEDIA_FILE.exec(path);
    if (file !== null) return this.#file(request, file[1] ?? '');
    if (STORED_PLAYLIST.test(path)) return this.#stored(request, RECORDED_PLAYLIST);
    if (RECORDING_FILE.test(path))
      return this.#stored(request, /\.(vtt|jsonl)$/.test(path) ? RECORDED_PLAYLIST : FOREVER);
    return errorAnswer('notFound', 'There is nothing here.');
  }

  async #liveMultivariant({ roomId, acceptEncoding, signal }: MediaRequest): Promise<MediaAnswer> {
    const channel = await this.#channel(roomId);
    if (channel === null) return noSuchRoom();
    const { playlists } = channel;
    await playlists.changes.until(() => playlists.isPlayable, this.#limits.targetDuration * 1_000, signal);
    const text = playlists.renderMultivariant('live', await this.#captions.languages(roomId));
    if (text === null) return notYet();
    return playlistAnswer(new RenderedPlaylist(text), LIVE_PLAYLIST, acceptEncoding);
  }

  async #playbackMultivariant(request: MediaRequest): Promise<MediaAnswer> {
    const { roomId, acceptEncoding } = request;
    const current = this.#broadcasts.current(roomId);
    const languages = await this.#captions.languages(roomId);
    const text = current?.event.renderMultivariant(current.broadcastId, languages) ?? null;
    if (text !== null) return playlistAnswer(new RenderedPlaylist(text), LIVE_PLAYLIST, acceptEncoding);
    const stored = await this.#stored(request, LIVE_PLAYLIST);
    return stored.status === 404 ? notYet() : stored;
  }

  async #captionMedia(request: MediaRequest, folder: string, language: string): Promise<MediaAnswer> {
    const { roomId } = request;
    const channel = folder === 'live' ? await this.#channel(roomId) : null;
    const pair = channel?.playlists ?? this.#broadcasts.broadcast(roomId, folder)?.event;
    if (pair === undefined) return this.#endedCaptions(request, folder, language);
    return this.#media(pair, 'video', request, () => this.#captions.playlist(pair, language));
  }

  async #endedCaptions({ roomId, acceptEncoding }: MediaRequest, folder: string, language: string) {
    const ended = await this.#captions.endedPlaylist(roomId, folder, language).catch(() => null);
    return ended === null ? gone() : playlistAnswer(ended, RECORDED_PLAYLIST, acceptEncoding);
  }

  async #captionSegment({ roomId, path, range }: MediaRequest): Promise<MediaAnswer> {
    const made = await this.#captions.segment(roomId, path).catch(() => null);
    return made === null ? gone() : fileAnswer(path, made, readRange(range), FOREVER);
  }

  /** `render`: where it is not the rendition itself that is asked for, but what goes with it, segment by segment. */
  async #media(
    pair: PlaylistPair,
    rendition: RenditionName,
    request: MediaRequest,
    render?: () => RenderedPlaylist,
  ): Promise<MediaAnswer> {
    if (!pair.has(rendition)) return gone();
    const asked = readDirectives(request.query);
    if (typeof asked === 'string') return errorAnswer('badRequest', asked);
    const directives = render === undefined ? asked : { ...asked, part: null };
    switch (await awaitReload(pair, rendition, directives, this.#limits, request.signal)) {
      case 'tooFar':
        return errorAnswer('badRequest', 'query._HLS_msn: is too far in the future');
      case 'timeout':
        return errorAnswer('unavailable', 'What was asked for did not come in time.', {
          retryAfterSeconds: this.#limits.targetDuration,
        });
      default:
    }
    if (!pair.isPlayable) return notYet();
    const { targetDuration } = this.#limits;
    const isBlocked = directives.sequence !== null && !pair.hasEnded;
    const cacheControl = isBlocked ? `public, max-age=${targetDuration * BLOCKED_KEPT}` : LIVE_PLAYLIST;
    const playlist = render?.() ?? pair.renderMedia(rendition, directives.skip);
    return playlistAnswer(playlist, cacheControl, request.acceptEncoding);
  }

  /** A part that has been announced is waited for: it is sent the moment it is there. */
  async #file(request: MediaRequest, broadcastId: string): Promise<MediaAnswer> {
    const { roomId, path, range, signal } = request;
    const broadcast = this.#broadcasts.broadcast(roomId, broadcastId);
    const channel = this.#broadcasts.has(roomId) ? this.#broadcasts.channel(roomId) : null;
    const find = () => broadcast?.files.get(path) ?? channel?.slateFile(path);
    const pair = broadcast?.event ?? channel?.playlists;
    if (find() === undefined && pair?.expects(path) === true) {
      const isSettled = () => find() !== undefined || !pair.expects(path);
      await pair.changes.until(isSettled, this.#limits.targetDuration * 3_000, signal);
    }
    const found = find();
    if (found !== undefined) return fileAnswer(path, found, readRange(range), FOREVER);
    return path.includes('/part-') ? gone() : this.#stored(request, FOREVER);
  }

  async #stored({ roomId, path, range: header }: MediaRequest, cacheControl: string): Promise<MediaAnswer> {
    const range = readRange(header);
    try {
      const found = await this.#broadcasts.storage.read(`${roomKey(roomId)}/${path}`, range ?? undefined);
      return found === null ? gone() : fileAnswer(path, found, range, cacheControl);
    } catch {
      return errorAnswer('unavailable', 'The storage does not answer.', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  }

  /** The room's channel, with the slate running if nothing else does. */
  async #channel(roomId: string): Promise<LiveChannel | null> {
    if (!this.#broadcasts.has(roomId) && !(await this.#isRoom(roomId))) return null;
    const channel = this.#broadcasts.channel(roomId);
    channel?.watch();
    return channel;
  }
}

const renditionOf = (name: string | undefined): RenditionName =>
  RUNG_NAMES.find((rung) => rung === name) ?? (name === 'audio' ? 'audio' : 'video');

const noSuchRoom = () => errorAnswer('notFound', 'There is no such room.', { retryAfterSeconds: RETRY_AFTER_SECONDS });
const notYet = () =>
  errorAnswer('notFound', 'Nothing has been broadcast yet.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cacheControl: LIVE_PLAYLIST,
  });
const gone = () => errorAnswer('notFound', 'There is no such file, or no longer.', { cacheControl: LIVE_PLAYLIST });
