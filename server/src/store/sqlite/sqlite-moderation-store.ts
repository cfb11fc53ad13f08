import type {
  MessageId,
  ModerationAction,
  ModerationEntry,
  ParticipantId,
  Permission,
  RoomId,
  Sanction,
} from '../../../../src/protocol/index.ts';
import type {
  ModerationChange,
  ModerationEntryDraft,
  ModerationRules,
  ModerationStore,
  StoredModeration,
  StoredSanction,
} from '../moderation-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface SanctionRow extends Row {
  kind: string;
  participant_id: string;
  participant_name: string;
  until: number | null;
  reason: string;
  giver_id: string | null;
  giver_name: string | null;
  reach: string | null;
}

interface EntryRow extends Row {
  number: number;
  at: number;
  action: string;
  actor_id: string | null;
  actor_name: string | null;
  target_id: string | null;
  target_name: string | null;
  message_id: string | null;
  duration_ms: number | null;
  reason: string;
}

const NO_RULES: ModerationRules = { slowModeMs: 0, writers: null, locked: false, pins: [] };

export class SqliteModerationStore implements ModerationStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  load(roomId: RoomId): Promise<StoredModeration> {
    return this.#file.read(() => {
      const row = this.#statements.loadRules.get(roomId);
      return {
        rules: row ? { ...NO_RULES, ...(JSON.parse(String(row['rules'])) as Partial<ModerationRules>) } : NO_RULES,
        sanctions: this.#statements.loadSanctions.all(roomId).map(toSanction),
      };
    });
  }

  async record(roomId: RoomId, change: ModerationChange, entry: ModerationEntryDraft): Promise<void> {
    // Writes of one turn are one transaction.
    const writes = [this.#file.write(() => this.#addEntry(roomId, entry))];
    const { rules, sanction, lifted } = change;
    if (rules) writes.push(this.saveRules(roomId, rules));
    if (sanction) writes.push(this.#file.write(() => this.#saveSanction(roomId, sanction)));
    if (lifted) writes.push(this.#file.write(() => void this.#statements.lift.run({ roomId, ...lifted })));
    await Promise.all(writes);
  }

  saveRules(roomId: RoomId, rules: ModerationRules): Promise<void> {
    return this.#file.write(() => void this.#statements.saveRules.run({ roomId, rules: JSON.stringify(rules) }));
  }

  listLog(roomId: RoomId, before: number, limit: number): Promise<readonly ModerationEntry[]> {
    return this.#file.read(() => this.#statements.listLog.all({ roomId, before, limit }).map(toEntry));
  }

  #saveSanction(roomId: RoomId, { kind, participant, until, reason, givenBy, reach }: StoredSanction): void {
    this.#statements.saveSanction.run({
      roomId,
      kind,
      participantId: participant.id,
      participantName: participant.name,
      until,
      reason,
      giverId: givenBy?.id ?? null,
      giverName: givenBy?.name ?? null,
      reach: reach && JSON.stringify(reach),
    });
  }

  #addEntry(roomId: RoomId, entry: ModerationEntryDraft): void {
    const { at, action, actor, target, messageId, durationMs, reason } = entry;
    this.#statements.addEntry.run({
      roomId,
      at,
      action,
      actorId: actor?.id ?? null,
      actorName: actor?.name ?? null,
      targetId: target?.id ?? null,
      targetName: target?.name ?? null,
      messageId,
      durationMs,
      reason,
    });
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    loadRules: file.prepare('SELECT rules FROM moderation_rules WHERE room_id = ?'),
    saveRules: file.prepare(
      `INSERT INTO moderation_rules (room_id, rules) VALUES (:roomId, :rules)
       ON CONFLICT DO UPDATE SET rules = excluded.rules`,
    ),
    loadSanctions: file.prepare('SELECT * FROM sanctions WHERE room_id = ?'),
    saveSanction: file.prepare(
      `INSERT INTO sanctions (room_id, kind, participant_id, participant_name, until, reason, giver_id, giver_name, reach)
       VALUES (:roomId, :kind, :participantId, :participantName, :until, :reason, :giverId, :giverName, :reach)
       ON CONFLICT DO UPDATE SET participant_name = excluded.participant_name, until = excluded.until,
         reason = excluded.reason, giver_id = excluded.giver_id, giver_name = excluded.giver_name,
         reach = excluded.reach`,
    ),
    lift: file.prepare(
      'DELETE FROM sanctions WHERE room_id = :roomId AND kind = :kind AND participant_id = :participantId',
    ),
    addEntry: file.prepare(
      `INSERT INTO moderation_log
         (room_id, at, action, actor_id, actor_name, target_id, target_name, message_id, duration_ms, reason)
       VALUES (:roomId, :at, :action, :actorId, :actorName, :targetId, :targetName, :messageId, :durationMs, :reason)`,
    ),
    listLog: file.prepare(
      'SELECT * FROM moderation_log WHERE room_id = :roomId AND number < :before ORDER BY number DESC LIMIT :limit',
    ),
  };
}

function toSanction(row: Row): StoredSanction {
  const { kind, participant_id, participant_name, until, reason, giver_id, giver_name, reach } = row as SanctionRow;
  return {
    kind: kind as Sanction['kind'],
    participant: { id: participant_id as ParticipantId, name: participant_name },
    until,
    reason,
    givenBy: toPerson(giver_id, giver_name),
    reach: reach === null ? null : (JSON.parse(reach) as Permission[]),
  };
}

function toEntry(row: Row): ModerationEntry {
  const entry = row as EntryRow;
  return {
    number: entry.number,
    at: entry.at,
    action: entry.action as ModerationAction,
    actor: toPerson(entry.actor_id, entry.actor_name),
    target: toPerson(entry.target_id, entry.target_name),
    messageId: entry.message_id as MessageId | null,
    durationMs: entry.duration_ms,
    reason: entry.reason,
  };
}

function toPerson(id: string | null, name: string | null): { id: ParticipantId; name: string } | null {
  return id === null ? null : { id: id as ParticipantId, name: name ?? '' };
}
