/** What each later version of the schema adds; new ones stand at the end, and what is released is never edited. */
export const LATER_MIGRATIONS: readonly string[] = [
  `CREATE TABLE chat_policies (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     policies TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE held_messages (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     id TEXT NOT NULL,
     author_id TEXT NOT NULL,
     request_key TEXT NOT NULL,
     reason TEXT NOT NULL,
     draft TEXT NOT NULL,
     rejected INTEGER NOT NULL DEFAULT 0,
     UNIQUE (room_id, author_id, request_key),
     UNIQUE (room_id, id)
   ) STRICT;`,
  `CREATE TABLE direct_messages (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     id TEXT NOT NULL,
     place INTEGER NOT NULL,
     author_id TEXT NOT NULL,
     author_name TEXT NOT NULL,
     author_role TEXT NOT NULL,
     request_key TEXT NOT NULL,
     to_role TEXT,
     to_id TEXT,
     to_name TEXT,
     text TEXT NOT NULL,
     sent_at INTEGER NOT NULL
   ) STRICT;

   CREATE UNIQUE INDEX direct_messages_by_author ON direct_messages (room_id, author_id, request_key);
   CREATE UNIQUE INDEX direct_messages_by_id ON direct_messages (room_id, id);
   CREATE INDEX direct_messages_by_participant ON direct_messages (room_id, to_id) WHERE to_id IS NOT NULL;
   CREATE INDEX direct_messages_by_role ON direct_messages (room_id, to_role) WHERE to_role IS NOT NULL;`,
  `CREATE TABLE hand_keys (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     request_key TEXT NOT NULL,
     UNIQUE (room_id, participant_id, request_key)
   ) STRICT;`,
  `CREATE TABLE lobbies (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     wait_below TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE admissions (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     PRIMARY KEY (room_id, participant_id)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE breakout_desks (
     room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
     desk TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE breakout_rooms (
     room_id TEXT PRIMARY KEY,
     home_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE
   ) STRICT, WITHOUT ROWID;

   CREATE INDEX breakout_rooms_by_home ON breakout_rooms (home_id);

   CREATE TABLE breakout_people (
     room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
     participant_id TEXT NOT NULL,
     name TEXT NOT NULL,
     breakout_id TEXT,
     PRIMARY KEY (room_id, participant_id)
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE recordings ADD COLUMN captions TEXT NOT NULL DEFAULT '[]';`,
  `ALTER TABLE given_roles ADD COLUMN role_before TEXT;`,
];
