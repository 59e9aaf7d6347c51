package dev.millwright.codegen.domain;

/// What is said to an agent in one turn.
///
/// @param standing what holds for the whole of the work; said once to each session
/// @param before what else is said only with it: what may read differently from attempt to attempt,
///   and what the attempt's earlier turns were about
/// @param news what this turn is about: enough for a session that heard the rest
public record Words(String standing, String before, String news) {
  public static Words of(String news) {
    return new Words("", "", news);
  }

  /// For who knows nothing yet.
  public String whole() {
    return standing + before + news;
  }

  /// The turn after this one.
  public Words then(String next) {
    return new Words(standing, before + news, next);
  }
}
