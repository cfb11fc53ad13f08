import type { DatabaseSync } from 'node:sqlite';
import { LATER_MIGRATIONS } from './later-migrations.ts';

/** What each version of the schema adds; never edited once released, only appended to. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE rooms (
     id TEXT PRIMARY KEY,
     title TEXT NOT NULL,
     template TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     ended_at INTEGER,
     spotlight TEXT
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE given_roles (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     role TEXT NOT NULL,
     PRIMARY KEY (room_id, participant_id)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE removals (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     removed_at INTEGER NOT NULL,
     PRIMARY KEY (room_id, participant_id)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE chat_messages (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     message_index INTEGER NOT NULL,
     id TEXT NOT NULL,
     author_id TEXT NOT NULL,
     author_name TEXT NOT NULL,
     author_role TEXT NOT NULL,
     request_key TEXT NOT NULL,
     text TEXT NOT NULL,
     sent_at INTEGER NOT NULL,
     deleted INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (room_id, message_index)
   ) STRICT, WITHOUT ROWID;

   CREATE UNIQUE INDEX chat_messages_by_key ON chat_messages (room_id, author_id, request_key);
   CREATE UNIQUE INDEX chat_messages_by_id ON chat_messages (room_id, id);`,

  `CREATE TABLE webhook_deliveries (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL,
     url TEXT NOT NULL,
     type TEXT NOT NULL,
     room_id TEXT NOT NULL,
     body TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL,
     state TEXT NOT NULL,
     at INTEGER NOT NULL,
     failure TEXT
   ) STRICT;

   CREATE INDEX webhook_deliveries_due ON webhook_deliveries (url, at) WHERE state = 'waiting';
   CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (at) WHERE state <> 'waiting';`,

  `CREATE TABLE broadcasts (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     broadcast_id TEXT NOT NULL,
     is_on INTEGER NOT NULL,
     view TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE broadcast_policies (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     start_with_audience INTEGER NOT NULL,
     stop_after_ms INTEGER
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE destinations (
     id TEXT PRIMARY KEY,
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     url TEXT NOT NULL,
     stream_key TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX destinations_by_room ON destinations (room_id);`,
  // Recordings outlive their rooms.
  `CREATE TABLE recordings (
     id TEXT PRIMARY KEY,
     room_id TEXT NOT NULL,
     state TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ended_at INTEGER,
     duration_ms INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     has_file INTEGER NOT NULL,
     has_poster INTEGER NOT NULL,
     failure TEXT,
     expires_at INTEGER
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX recordings_by_time ON recordings (started_at, id);
   CREATE INDEX recordings_by_room ON recordings (room_id, started_at, id);
   CREATE INDEX recordings_by_expiry ON recordings (expires_at) WHERE expires_at IS NOT NULL;`,
  `CREATE TABLE questions (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     question_index INTEGER NOT NULL,
     id TEXT NOT NULL,
     asker_id TEXT NOT NULL,
     asker_name TEXT NOT NULL,
     request_key TEXT NOT NULL,
     is_anonymous INTEGER NOT NULL,
     text TEXT NOT NULL,
     asked_at INTEGER NOT NULL,
     state TEXT NOT NULL,
     answer TEXT,
     PRIMARY KEY (room_id, question_index)
   ) STRICT, WITHOUT ROWID;

   CREATE UNIQUE INDEX questions_by_key ON questions (room_id, asker_id, request_key);
   CREATE UNIQUE INDEX questions_by_id ON questions (room_id, id);

   CREATE TABLE question_votes (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     question_id TEXT NOT NULL,
     voter_id TEXT NOT NULL,
     PRIMARY KEY (room_id, question_id, voter_id)
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX question_votes_by_voter ON question_votes (room_id, voter_id);

   CREATE TABLE question_desks (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     is_open INTEGER NOT NULL,
     is_moderated INTEGER NOT NULL,
     allows_anonymous INTEGER NOT NULL,
     highlighted TEXT
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE overlays (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     show TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE captions (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     caption_index INTEGER NOT NULL,
     id TEXT NOT NULL,
     language TEXT NOT NULL,
     participant_id TEXT,
     speaker_name TEXT,
     text TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ended_at INTEGER NOT NULL,
     PRIMARY KEY (room_id, caption_index)
   ) STRICT, WITHOUT ROWID;

   CREATE UNIQUE INDEX captions_by_id ON captions (room_id, id);`,
  // Every answer is kept, with the key it came under; a participant's latest one counts.
  `CREATE TABLE polls (
     number INTEGER PRIMARY KEY,
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     id TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     record TEXT NOT NULL,
     UNIQUE (room_id, id)
   ) STRICT;

   CREATE TABLE poll_requests (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     author_id TEXT NOT NULL,
     request_key TEXT NOT NULL,
     poll_id TEXT NOT NULL,
     PRIMARY KEY (room_id, author_id, request_key)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE poll_votes (
     number INTEGER PRIMARY KEY,
     room_id TEXT NOT NULL,
     poll_id TEXT NOT NULL,
     participant_id TEXT NOT NULL,
     name TEXT NOT NULL,
     request_key TEXT NOT NULL,
     answer TEXT NOT NULL,
     voted_at INTEGER NOT NULL,
     elapsed_ms INTEGER NOT NULL,
     FOREIGN KEY (room_id, poll_id) REFERENCES polls (room_id, id) ON DELETE CASCADE
   ) STRICT;

   CREATE UNIQUE INDEX poll_votes_by_key ON poll_votes (room_id, participant_id, request_key);
   CREATE INDEX poll_votes_by_poll ON poll_votes (room_id, poll_id, participant_id, number);

   CREATE TABLE poll_scores (
     room_id TEXT NOT NULL,
     poll_id TEXT NOT NULL,
     participant_id TEXT NOT NULL,
     name TEXT NOT NULL,
     is_right INTEGER NOT NULL,
     points INTEGER NOT NULL,
     streak INTEGER NOT NULL,
     PRIMARY KEY (room_id, poll_id, participant_id),
     FOREIGN KEY (room_id, poll_id) REFERENCES polls (room_id, id) ON DELETE CASCADE
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX poll_scores_by_participant ON poll_scores (room_id, participant_id);`,
  // Money outlives rooms. Every transaction has two entries that sum to zero; a balance is the sum of its account's entries.
  `CREATE TABLE ledger_transactions (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL,
     reference TEXT NOT NULL,
     note TEXT,
     at INTEGER NOT NULL,
     UNIQUE (kind, reference)
   ) STRICT;

   CREATE TABLE ledger_entries (
     transaction_number INTEGER NOT NULL REFERENCES ledger_transactions (number),
     account TEXT NOT NULL,
     amount INTEGER NOT NULL CHECK (amount <> 0),
     PRIMARY KEY (transaction_number, account)
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX ledger_entries_by_account ON ledger_entries (account, transaction_number);

   CREATE TABLE ledger_accounts (
     account TEXT PRIMARY KEY,
     balance INTEGER NOT NULL CHECK (balance BETWEEN -9007199254740991 AND 9007199254740991),
     version INTEGER NOT NULL,
     CHECK (balance >= 0 OR account IN ('issued', 'external'))
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE charges (
     id TEXT PRIMARY KEY,
     room_id TEXT NOT NULL,
     participant_id TEXT NOT NULL,
     amount INTEGER NOT NULL,
     refunding INTEGER NOT NULL,
     due_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX charges_due ON charges (due_at) WHERE refunding = 1;

   CREATE TABLE gift_rooms (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     gifts INTEGER NOT NULL DEFAULT 0,
     amount INTEGER NOT NULL DEFAULT 0,
     goal TEXT,
     catalogue TEXT
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE gifters (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     name TEXT NOT NULL,
     amount INTEGER NOT NULL,
     gifts INTEGER NOT NULL,
     last_index INTEGER NOT NULL,
     PRIMARY KEY (room_id, participant_id)
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX gifters_by_amount ON gifters (room_id, amount DESC, last_index);

   CREATE TABLE gifts (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     gift_index INTEGER NOT NULL,
     id TEXT NOT NULL,
     request_key TEXT NOT NULL,
     sender_id TEXT NOT NULL,
     sender_name TEXT NOT NULL,
     sender_role TEXT NOT NULL,
     recipient_id TEXT,
     recipient_name TEXT,
     item_id TEXT NOT NULL,
     item TEXT NOT NULL,
     count INTEGER NOT NULL,
     amount INTEGER NOT NULL,
     combo INTEGER NOT NULL,
     sent_at INTEGER NOT NULL,
     PRIMARY KEY (room_id, gift_index)
   ) STRICT, WITHOUT ROWID;

   CREATE UNIQUE INDEX gifts_by_key ON gifts (room_id, sender_id, request_key);
   CREATE INDEX gifts_by_sender ON gifts (room_id, sender_id, sent_at);`,
  `ALTER TABLE chat_messages ADD COLUMN reply_to TEXT;

   CREATE TABLE moderation_rules (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     rules TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE sanctions (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     kind TEXT NOT NULL,
     participant_id TEXT NOT NULL,
     participant_name TEXT NOT NULL,
     until INTEGER,
     reason TEXT NOT NULL,
     giver_id TEXT,
     giver_name TEXT,
     reach TEXT,
     PRIMARY KEY (room_id, kind, participant_id)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE moderation_log (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     at INTEGER NOT NULL,
     action TEXT NOT NULL,
     actor_id TEXT,
     actor_name TEXT,
     target_id TEXT,
     target_name TEXT,
     message_id TEXT,
     duration_ms INTEGER,
     reason TEXT NOT NULL
   ) STRICT;

   CREATE INDEX moderation_log_by_room ON moderation_log (room_id, number);`,
  `ALTER TABLE recordings ADD COLUMN live INTEGER NOT NULL DEFAULT 1;`,
  `CREATE TABLE hands (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     place INTEGER NOT NULL,
     name TEXT NOT NULL,
     note TEXT NOT NULL,
     raised_at INTEGER NOT NULL,
     PRIMARY KEY (room_id, participant_id)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE backstage (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     PRIMARY KEY (room_id, participant_id)
   ) STRICT, WITHOUT ROWID;`,
  ...LATER_MIGRATIONS,
];

/** Brings the database to this build's schema. Throws where a newer build has written it. */
export function migrate(database: DatabaseSync): void {
  const version = readVersion(database);
  if (version > MIGRATIONS.length) {
    throw new Error(`The database is of schema ${version}; this server knows up to ${MIGRATIONS.length}.`);
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${migration} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

function readVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
