package dev.millwright.triage.port;

/// Everything triage may ask beside the request and the repository's rules.
public record Memory(
    Neighbours neighbours, TrackRecord record, OtherItems others, BaseChecks checks, Judge judge) {}
