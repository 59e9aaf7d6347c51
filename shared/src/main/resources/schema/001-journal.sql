-- The journal of pekko-persistence-jdbc. ${...} stands for what the two databases call differently.
CREATE TABLE IF NOT EXISTS "event_journal" (
  "ordering" ${AUTO_BIGINT} NOT NULL,
  "persistence_id" VARCHAR(255) NOT NULL,
  "sequence_number" BIGINT NOT NULL,
  "deleted" BOOLEAN DEFAULT FALSE NOT NULL,
  "writer" VARCHAR(255) NOT NULL,
  "write_timestamp" BIGINT NOT NULL,
  "adapter_manifest" VARCHAR(255) NOT NULL,
  "event_ser_id" INTEGER NOT NULL,
  "event_ser_manifest" VARCHAR(255) NOT NULL,
  "event_payload" ${BYTES} NOT NULL,
  "meta_ser_id" INTEGER,
  "meta_ser_manifest" VARCHAR(255),
  "meta_payload" ${BYTES},
  PRIMARY KEY ("persistence_id", "sequence_number")
);
CREATE UNIQUE INDEX IF NOT EXISTS "event_journal_ordering_idx" ON "event_journal" ("ordering");
CREATE TABLE IF NOT EXISTS "event_tag" (
  "event_id" BIGINT NOT NULL,
  "tag" VARCHAR(255) NOT NULL,
  PRIMARY KEY ("event_id", "tag")
);
