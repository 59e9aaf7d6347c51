package dev.millwright.triage.adapter;

/// What the sender of a signal is told.
record Received(String itemId, String signalKey, boolean duplicate, String url) {}
