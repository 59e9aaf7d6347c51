-- Lists now know attempts, and figures know outcomes and durations: built again from the journal.
DELETE FROM item_view;
DELETE FROM tally;
DELETE FROM view_offset;
