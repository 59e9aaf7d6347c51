-- What arrived by webhooks. `status`: new (to be looked at, from due_at on), done, dead.
CREATE TABLE IF NOT EXISTS delivery (
  seq ${AUTO_BIGINT} NOT NULL,
  id VARCHAR(32) PRIMARY KEY,
  hook VARCHAR(64) NOT NULL,
  source VARCHAR(32) NOT NULL,
  event VARCHAR(128) NOT NULL,
  received_at BIGINT NOT NULL,
  headers VARCHAR(4000) NOT NULL,
  size BIGINT NOT NULL,
  body ${BYTES} NOT NULL,
  status VARCHAR(16) NOT NULL,
  due_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  verdict VARCHAR(16) NOT NULL,
  rule VARCHAR(64) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  items VARCHAR(4000) NOT NULL,
  judged_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS delivery_seq ON delivery (seq);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (status, due_at);
CREATE INDEX IF NOT EXISTS delivery_rule ON delivery (rule, judged_at);
-- Deliveries whose sender could not prove who it is: counted, never kept.
CREATE TABLE IF NOT EXISTS delivery_refused (
  hook VARCHAR(64) NOT NULL,
  reason VARCHAR(64) NOT NULL,
  at_hour BIGINT NOT NULL,
  count BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (hook, reason, at_hour)
);
-- Secrets that a provider gave at its first delivery instead of being given one.
CREATE TABLE IF NOT EXISTS delivery_secret (
  hook VARCHAR(64) NOT NULL,
  secret VARCHAR(255) NOT NULL,
  given_at BIGINT NOT NULL,
  PRIMARY KEY (hook, secret)
);
