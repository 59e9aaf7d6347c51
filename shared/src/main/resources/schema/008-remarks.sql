-- How far what people say on a board's tickets was heard, each remark once.
ALTER TABLE board_claim ADD COLUMN IF NOT EXISTS heard_at BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE board_claim ADD COLUMN IF NOT EXISTS heard VARCHAR(2000) DEFAULT '' NOT NULL;
