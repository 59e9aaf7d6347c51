-- The hash of the newest event that an item's row was made from; a row of before has none.
ALTER TABLE item_view ADD COLUMN IF NOT EXISTS head VARCHAR(64);
