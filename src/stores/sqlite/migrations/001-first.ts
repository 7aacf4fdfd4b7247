/**
 * The first format. `citizen.id` is a small number that other tables refer to, because keys are long and random.
 * `expires_at` has no index: it changes with every turn, and `purge` walks the table anyway.
 * `submission.id` is random, so that the order of rows says nothing about who wrote when.
 */
export const first = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

CREATE TABLE citizen (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  wake_at INTEGER,
  expires_at INTEGER NOT NULL,
  address BLOB,
  session TEXT NOT NULL
) STRICT;
CREATE INDEX citizen_wake ON citizen (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE seen (
  citizen INTEGER NOT NULL,
  input TEXT NOT NULL,
  at INTEGER NOT NULL,
  seq_before INTEGER NOT NULL,
  seq_after INTEGER NOT NULL,
  PRIMARY KEY (citizen, input)
) WITHOUT ROWID, STRICT;

CREATE TABLE outbox (
  citizen INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (citizen, seq)
) WITHOUT ROWID, STRICT;

CREATE TABLE referral (
  citizen INTEGER NOT NULL,
  service TEXT NOT NULL,
  address BLOB,
  opened TEXT NOT NULL,
  closed TEXT,
  PRIMARY KEY (citizen, service)
) WITHOUT ROWID, STRICT;

CREATE TABLE count (
  day TEXT NOT NULL,
  flow TEXT NOT NULL,
  node TEXT NOT NULL,
  count TEXT NOT NULL,
  channel TEXT NOT NULL,
  province TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (day, flow, node, count, channel, province)
) WITHOUT ROWID, STRICT;

CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  box TEXT NOT NULL,
  day TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
`;
