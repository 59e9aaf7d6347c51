package dev.millwright.shared.signal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a signal asks for, in the words it came with: all of it is data from outside.
///
/// @param kind the sender's own word for it, `null` when triage has to find out
/// @param priority 1 is the most urgent, 4 the least, 0 says nothing
public record Request(
    String title,
    String body,
    @Nullable String kind,
    List<String> labels,
    int priority,
    @Nullable String repo,
    @Nullable String agent) {
  public static final int MOST_TITLE_CHARACTERS = 300;

  public Request {
    labels = List.copyOf(labels);
    if (title.isBlank() || title.length() > MOST_TITLE_CHARACTERS) {
      throw new IllegalArgumentException(
          "title must have 1 to " + MOST_TITLE_CHARACTERS + " characters, got " + title.length());
    }
    if (priority < 0 || priority > 4) {
      throw new IllegalArgumentException("priority must be 0 to 4, got " + priority);
    }
  }
}
