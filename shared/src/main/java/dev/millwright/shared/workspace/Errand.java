package dev.millwright.shared.workspace;

import java.time.Duration;

/// Something to be run in a workspace right before it goes, without a network: an agent has been
/// there. How it ends changes nothing.
public record Errand(String name, String script, Duration limit) {}
