-- What boards' tickets became: kept so that a crash neither starts a ticket twice nor forgets one.
CREATE TABLE IF NOT EXISTS board_claim (
  board VARCHAR(255) NOT NULL,
  ticket VARCHAR(255) NOT NULL,
  identifier VARCHAR(255) NOT NULL,
  signal_key VARCHAR(256) NOT NULL,
  item VARCHAR(128) NOT NULL,
  since BIGINT NOT NULL,
  hold VARCHAR(16) NOT NULL,
  seen_state VARCHAR(255) NOT NULL,
  seen_whole VARCHAR(64) NOT NULL,
  seen_words VARCHAR(64) NOT NULL,
  said VARCHAR(64) NOT NULL,
  moved_to VARCHAR(255) NOT NULL,
  linked VARCHAR(64) NOT NULL,
  PRIMARY KEY (board, ticket)
);
