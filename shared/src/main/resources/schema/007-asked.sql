-- Where an agent asked its ticket to be put, so that nobody takes that for a person's move.
ALTER TABLE board_claim ADD COLUMN IF NOT EXISTS asked VARCHAR(255) DEFAULT '' NOT NULL;
