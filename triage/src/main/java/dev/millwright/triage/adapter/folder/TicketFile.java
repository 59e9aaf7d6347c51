package dev.millwright.triage.adapter.folder;

import dev.millwright.shared.settings.FrontMatter;
import dev.millwright.triage.domain.Issue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// What one file says: front matter and Markdown, both a stranger's.
///
/// @param description without the sections the factory wrote, and what people say below it
record TicketFile(
    String title,
    String description,
    String state,
    int priority,
    List<String> labels,
    List<String> blockedBy,
    @Nullable String assignee,
    @Nullable String branchName,
    @Nullable Instant createdAt,
    Talk talk) {
  private static final int MOST_FRONT_CHARACTERS = 16 * 1024;
  private static final int MOST_WORDS = 50;
  private static final int DEEPEST = 5;
  private static final Pattern HEADING = Pattern.compile("(?m)^#\\s+(\\S.*)$");
  private static final List<String> URGENCY = List.of("urgent", "high", "medium", "low");

  /// The file says something that cannot be followed.
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /// @param name what the file is called, its title when it gives none
  /// @param usual the state of a ticket that names none
  static TicketFile read(String name, String text, String usual) throws Unreadable {
    var parts = FrontMatter.of(text);
    var front = front(parts.head());
    var whole = Sections.without(parts.body());
    var body = Talk.without(whole).strip();
    var state = word(front, "state");
    return new TicketFile(
        title(front, body, name),
        body,
        state == null ? usual : state,
        priority(front.get("priority")),
        words(front.get("labels")).map(Issue::folded).distinct().toList(),
        words(front.get("blocked_by")).distinct().toList(),
        word(front, "assignee"),
        word(front, "branch_name"),
        time(front.get("created_at")),
        Talk.in(whole));
  }

  private static Map<?, ?> front(String head) throws Unreadable {
    if (head.length() > MOST_FRONT_CHARACTERS) {
      throw new Unreadable(
          "the front matter is longer than " + MOST_FRONT_CHARACTERS + " characters");
    }
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(1);
    options.setNestingDepthLimit(DEEPEST);
    try {
      return switch (new Yaml(new SafeConstructor(options)).<Object>load(head)) {
        case null -> Map.of();
        case Map<?, ?> map -> map;
        case Object _ -> throw new Unreadable("the front matter must be keys and values");
      };
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      var line = mark == null ? "" : "line " + (mark.getLine() + 2) + ": ";
      throw new Unreadable(line + e.getProblem());
    } catch (YAMLException e) {
      throw new Unreadable("the front matter is no YAML");
    }
  }

  private static String title(Map<?, ?> front, String body, String name) {
    var given = word(front, "title");
    if (given != null) {
      return given;
    }
    var heading = HEADING.matcher(body);
    return heading.find() ? heading.group(1).strip() : name;
  }

  private static @Nullable String word(Map<?, ?> front, String key) {
    var value = front.get(key);
    var word =
        value == null || value instanceof Map || value instanceof List ? "" : value.toString();
    return word.isBlank() ? null : word.strip();
  }

  private static Stream<String> words(@Nullable Object value) {
    var all =
        switch (value) {
          case null -> Stream.<String>of();
          case List<?> list ->
              list.stream().filter(it -> it != null && !(it instanceof Map)).map(Object::toString);
          case Object one -> Arrays.stream(one.toString().split(","));
        };
    return all.map(String::strip).filter(word -> !word.isEmpty()).limit(MOST_WORDS);
  }

  /// A number, or the word for it; what is neither says nothing.
  private static int priority(@Nullable Object value) {
    return switch (value) {
      case Integer number when number >= 1 && number <= URGENCY.size() -> number;
      case String word -> URGENCY.indexOf(Issue.folded(word)) + 1;
      case null, default -> 0;
    };
  }

  private static @Nullable Instant time(@Nullable Object value) {
    try {
      return switch (value) {
        case Date date -> date.toInstant();
        case String text -> Instant.parse(text);
        case null, default -> null;
      };
    } catch (DateTimeException e) {
      return null;
    }
  }
}
