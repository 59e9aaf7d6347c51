package dev.millwright.codegen.domain;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Work that somebody began and handed over: an item whose signal names it starts from there.
public final class Handover {
  /// The fact of a signal that names the commit.
  public static final String FACT = "handover";

  private static final String REFS = "refs/millwright/handovers/";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private Handover() {}

  /// The ref that keeps a commit that was handed over.
  public static String ref(String commit) {
    return REFS + commit;
  }

  public static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /// The ref a signal's facts name.
  public static Optional<String> named(Map<String, String> facts) {
    return Optional.ofNullable(facts.get(FACT)).filter(Handover::isCommit).map(Handover::ref);
  }
}
