-- What lists and figures are read from; can be dropped and is then built again from the journal.
CREATE TABLE IF NOT EXISTS item_view (
  id VARCHAR(128) PRIMARY KEY,
  seq BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  stage VARCHAR(16) NOT NULL,
  repo VARCHAR(255) NOT NULL,
  words VARCHAR(1000) NOT NULL,
  labels VARCHAR(2000) NOT NULL,
  received_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  due_at BIGINT,
  body ${BYTES} NOT NULL
);
CREATE INDEX IF NOT EXISTS item_view_newest ON item_view (received_at, id);
CREATE INDEX IF NOT EXISTS item_view_standing ON item_view (stage, status);
CREATE INDEX IF NOT EXISTS item_view_due ON item_view (due_at);
CREATE TABLE IF NOT EXISTS tally (
  name VARCHAR(32) NOT NULL,
  what VARCHAR(32) NOT NULL,
  at_minute BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (name, what, at_minute)
);
CREATE TABLE IF NOT EXISTS view_offset (
  name VARCHAR(32) PRIMARY KEY,
  ordering BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS line_pause (
  what VARCHAR(16) NOT NULL,
  name VARCHAR(255) NOT NULL,
  PRIMARY KEY (what, name)
);
