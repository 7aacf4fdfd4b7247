/**
 * What the networks call the messages on a citizen's screen. `id` gives their order, and lets `purge` walk the table
 * in steps of one size however many messages each citizen has.
 */
export const trail = `
CREATE TABLE trail (
  id INTEGER PRIMARY KEY,
  citizen INTEGER NOT NULL,
  message TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (citizen, message)
) STRICT;
`;
