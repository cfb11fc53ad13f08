import {
  ProtocolError,
  type ChatMessage,
  type MessageId,
  type ParticipantId,
  type RoleName,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import { noLogger, type Logger } from '../../rooms/logger.ts';
import type { FeatureStores } from '../feature-stores.ts';
import type {
  AppendedChat,
  ChatDraft,
  DeletedChat,
  RoomPageQuery,
  RoomRecord,
  RoomStore,
  StoredRoom,
} from '../room-store.ts';
import { toChatMessage, toRoomRecord } from './rows.ts';
import { createFeatureStores } from './sqlite-feature-stores.ts';
import { SqliteFile } from './sqlite-file.ts';
import { prepareStatements } from './statements.ts';

/** Messages erased in one go. The event loop stands still for a few milliseconds. */
const PRUNED_MESSAGES = 1_000;

/** The embedded store: one SQLite file in WAL mode. What is committed outlives the process, however it ends. */
export class SqliteRoomStore implements RoomStore {
  readonly features: FeatureStores;
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.features = createFeatureStores(file);
    this.#statements = prepareStatements(file);
  }

  /** Opens a file of its own; see {@link SqliteFile}. */
  static open(path: string, logger: Logger = noLogger): SqliteRoomStore {
    return new SqliteRoomStore(new SqliteFile(path, logger));
  }

  async createRoom(room: RoomRecord): Promise<void> {
    const { changes } = await this.#file.write(() => this.#statements.createRoom.run({ ...room }));
    if (changes === 0) throw new ProtocolError('conflict', 'A room of that id exists or existed.');
  }

  findRoom(roomId: RoomId): Promise<RoomRecord | null> {
    return this.#file.read(() => {
      const row = this.#statements.findRoom.get(roomId);
      return row ? toRoomRecord(row) : null;
    });
  }

  listRooms({ after = '', limit, includeEnded }: RoomPageQuery): Promise<readonly RoomRecord[]> {
    return this.#file.read(() =>
      this.#statements.listRooms.all({ after, limit, includeEnded: includeEnded ? 1 : 0 }).map(toRoomRecord),
    );
  }

  loadRoom(roomId: RoomId, chatMessages: number): Promise<StoredRoom | null> {
    return this.#file.read(() => {
      const row = this.#statements.findRoom.get(roomId);
      if (!row) return null;
      const roles = this.#statements.loadRoles.all(roomId);
      const removals = this.#statements.loadRemovals.all(roomId);
      const total = Number(this.#statements.countChat.get(roomId)?.['total']);
      return {
        room: toRoomRecord(row),
        roles: new Map(roles.map((each) => [each['participant_id'] as ParticipantId, each['role'] as RoleName])),
        rolesBefore: new Map(
          roles.flatMap(({ participant_id: id, role_before: before }) =>
            before === null ? [] : [[id as ParticipantId, before as RoleName]],
          ),
        ),
        removals: new Map(
          removals.map((each) => [each['participant_id'] as ParticipantId, Number(each['removed_at'])]),
        ),
        chat: { total, latest: this.#selectChat(roomId, total, chatMessages) },
      };
    });
  }

  async endRoom(roomId: RoomId, endedAt: number): Promise<void> {
    await this.#file.write(() => this.#statements.endRoom.run({ roomId, endedAt }));
  }

  async reopenRoom(roomId: RoomId): Promise<void> {
    await this.#file.write(() => this.#statements.reopenRoom.run(roomId));
  }

  async pruneRooms(endedBefore: number): Promise<boolean> {
    const room = await this.#file.read(() => this.#statements.findEndedRoom.get(endedBefore));
    if (!room) return false;
    const roomId = String(room['id']);
    const limit = PRUNED_MESSAGES;
    const { changes } = await this.#file.write(() => this.#statements.pruneChat.run({ roomId, endedBefore, limit }));
    if (changes === 0) await this.#file.write(() => this.#statements.pruneRoom.run({ roomId, endedBefore }));
    return true;
  }

  async saveSpotlight(roomId: RoomId, participantId: ParticipantId | null): Promise<void> {
    await this.#file.write(() => this.#statements.saveSpotlight.run({ roomId, participantId }));
  }

  async saveRole(roomId: RoomId, participantId: ParticipantId, role: RoleName, before: RoleName | null): Promise<void> {
    await this.#file.write(() => this.#statements.saveRole.run({ roomId, participantId, role, before }));
  }

  async saveRemoval(roomId: RoomId, participantId: ParticipantId, removedAt: number): Promise<void> {
    await this.#file.write(() => this.#statements.saveRemoval.run({ roomId, participantId, removedAt }));
  }

  appendChat({ roomId, id, key, author, text, replyTo, sentAt }: ChatDraft): Promise<AppendedChat> {
    return this.#file.write(() => {
      const appended = this.#statements.appendChat.get({
        roomId,
        id,
        key,
        authorId: author.id,
        authorName: author.name,
        authorRole: author.role,
        text,
        replyTo: replyTo === undefined ? null : JSON.stringify(replyTo),
        sentAt,
      });
      if (appended) return { message: toChatMessage(appended), repeated: false };
      const first = this.#statements.findChat.get({ roomId, authorId: author.id, key });
      if (!first) throw new Error('A message was refused as a repeat, but the first is not there.');
      return { message: toChatMessage(first), repeated: true };
    });
  }

  findChat(roomId: RoomId, authorId: ParticipantId, key: string): Promise<ChatMessage | null> {
    return this.#file.read(() => {
      const row = this.#statements.findChat.get({ roomId, authorId, key });
      return row ? toChatMessage(row) : null;
    });
  }

  findMessage(roomId: RoomId, messageId: MessageId): Promise<ChatMessage | null> {
    return this.#file.read(() => {
      const row = this.#statements.findMessage.get({ roomId, messageId });
      return row ? toChatMessage(row) : null;
    });
  }

  loadChat(roomId: RoomId, before: number, limit: number): Promise<readonly ChatMessage[]> {
    return this.#file.read(() => this.#selectChat(roomId, before, limit));
  }

  deleteChat(roomId: RoomId, messageId: MessageId): Promise<DeletedChat | null> {
    return this.#file.write(() => {
      const deleted = this.#statements.deleteChat.get({ roomId, messageId });
      const row = deleted ?? this.#statements.findMessage.get({ roomId, messageId });
      if (!row) return null;
      const { index, author } = toChatMessage(row);
      return { index, author, repeated: deleted === undefined };
    });
  }

  async close(): Promise<void> {
    this.#file.close();
  }

  #selectChat(roomId: RoomId, before: number, limit: number): ChatMessage[] {
    return this.#statements.loadChat.all({ roomId, before, limit }).map(toChatMessage).reverse();
  }
}
