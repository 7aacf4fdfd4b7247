/**
 * Who was, is or will be sent a broadcast. `run.last` is the highest `citizen.id` when the run began, `run.cursor` the
 * highest one looked at; while `planned` is 0, new citizens get ids above `last`. `due_at` is 0 until a row is
 * postponed. `folded`: the run's rows are in `ledger_gone`, which counts people whose rows are deleted.
 */
export const ledger = `
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  started_at INTEGER NOT NULL,
  last INTEGER NOT NULL,
  cursor INTEGER NOT NULL DEFAULT 0,
  planned INTEGER NOT NULL DEFAULT 0,
  closed_at INTEGER,
  closed_as TEXT,
  folded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_unplanned ON run (last) WHERE planned = 0;
CREATE INDEX run_unfolded ON run (id) WHERE folded = 0;

CREATE TABLE ledger (
  run INTEGER NOT NULL,
  citizen INTEGER NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  due_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, citizen)
) WITHOUT ROWID, STRICT;
CREATE INDEX ledger_planned ON ledger (run, channel, due_at, citizen) WHERE state = 'planned';
CREATE INDEX ledger_sending ON ledger (run, citizen) WHERE state = 'sending';

CREATE TABLE ledger_gone (
  run INTEGER NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (run, channel, state, why)
) WITHOUT ROWID, STRICT;
`;
