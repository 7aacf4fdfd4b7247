-- A database as format 3 left it. Later formats must be able to open it: never edit this file.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE citizen (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
  wake_at INTEGER, expires_at INTEGER NOT NULL, address BLOB, session TEXT NOT NULL
) STRICT;
CREATE INDEX citizen_wake ON citizen (wake_at) WHERE wake_at IS NOT NULL;
CREATE TABLE seen (
  citizen INTEGER NOT NULL, input TEXT NOT NULL, at INTEGER NOT NULL, seq_before INTEGER NOT NULL,
  seq_after INTEGER NOT NULL, PRIMARY KEY (citizen, input)
) WITHOUT ROWID, STRICT;
CREATE TABLE outbox (
  citizen INTEGER NOT NULL, seq INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (citizen, seq)
) WITHOUT ROWID, STRICT;
CREATE TABLE referral (
  citizen INTEGER NOT NULL, service TEXT NOT NULL, address BLOB, opened TEXT NOT NULL, closed TEXT,
  PRIMARY KEY (citizen, service)
) WITHOUT ROWID, STRICT;
CREATE TABLE count (
  day TEXT NOT NULL, flow TEXT NOT NULL, node TEXT NOT NULL, count TEXT NOT NULL, channel TEXT NOT NULL,
  province TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, flow, node, count, channel, province)
) WITHOUT ROWID, STRICT;
CREATE TABLE submission (id INTEGER PRIMARY KEY, box TEXT NOT NULL, day TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE trail (
  id INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, message TEXT NOT NULL, at INTEGER NOT NULL,
  UNIQUE (citizen, message)
) STRICT;
CREATE TABLE run (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL, last INTEGER NOT NULL,
  cursor INTEGER NOT NULL DEFAULT 0, planned INTEGER NOT NULL DEFAULT 0, closed_at INTEGER, closed_as TEXT,
  folded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_unplanned ON run (last) WHERE planned = 0;
CREATE INDEX run_unfolded ON run (id) WHERE folded = 0;
CREATE TABLE ledger (
  run INTEGER NOT NULL, citizen INTEGER NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '', due_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (run, citizen)
) WITHOUT ROWID, STRICT;
CREATE INDEX ledger_planned ON ledger (run, channel, due_at, citizen) WHERE state = 'planned';
CREATE INDEX ledger_sending ON ledger (run, citizen) WHERE state = 'sending';
CREATE TABLE ledger_gone (
  run INTEGER NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, why TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (run, channel, state, why)
) WITHOUT ROWID, STRICT;

INSERT INTO citizen VALUES
  (1, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'telegram', 3, 1763168400000, 1763168460000, 1765760400000, NULL, '{"v":1}'),
  (4, 'BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA', 'telegram', 0, 1763168400000, NULL, 1765760400000, NULL, '{"v":1}');
INSERT INTO seen VALUES (1, 'input 3', 1763168400000, 2, 3);
INSERT INTO trail VALUES (7, 1, '41', 1763168400000), (8, 1, '43', 1763168400000), (9, 1, '42', 1763168400500);
INSERT INTO count VALUES ('2025-11-15', 'quiz', 'question', 'right', 'web', '79', 7);
INSERT INTO submission VALUES (4611686018427387904, 'feedback', '2025-11-15', 'Cảm ơn chương trình');
INSERT INTO run VALUES
  (1, 'opening', 1763168400000, 4, 4, 1, NULL, NULL, 0), (2, 'before', 1762563600000, 4, 4, 1, 1762567200000, 'done', 1);
INSERT INTO ledger VALUES (1, 1, 'telegram', 'planned', '', 0), (1, 4, 'telegram', 'failed', 'busy', 0);
INSERT INTO ledger_gone VALUES (1, 'telegram', 'sent', '', 2), (2, 'web', 'sent', '', 9);
PRAGMA user_version = 3;
