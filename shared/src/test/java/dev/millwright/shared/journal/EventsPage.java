package dev.millwright.shared.journal;

import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes `docs/reference/events.md` from the records that are really written.
final class EventsPage {
  /// What each event says, by its wire name, in the order of an item's life.
  static final Map<String, String> MEANING = meaning();

  private static final Set<Class<?>> PLAIN =
      Set.of(String.class, Instant.class, Duration.class, ItemId.class, SignalKey.class);

  private final StringBuilder page = new StringBuilder(HEAD);
  private final Map<String, Class<?>> types = new TreeMap<>();
  private final Queue<Class<?>> unread = new ArrayDeque<>();

  private EventsPage() {}

  static String markdown() {
    return new EventsPage().write();
  }

  private static Map<String, String> meaning() {
    var meaning = new LinkedHashMap<String, String>();
    meaning.put(
        "signal-received",
        "A signal with the item's key arrived: the first one opens the item, one on a finished item"
            + " may reopen it, any other refreshes what is asked (`next` is then `stay`).");
    meaning.put("attempt-started", "A stage got the lease; the generation is one higher.");
    meaning.put(
        "checkpoint-reported", "The running attempt kept a small fact for the stage's next one.");
    meaning.put(
        "intent-recorded",
        "What the running attempt's agent wanted outside its workspace was done: its words were"
            + " kept, the change got a title, or a further item was proposed.");
    meaning.put(
        "attempt-ended",
        "The attempt of the newest generation handed in its outcome, its part of the context and"
            + " what it used; `next` is where the rules said that leads.");
    meaning.put(
        "attempt-lost",
        "The lease ended without an outcome: its process or node is gone. Not a failure.");
    meaning.put(
        "outcome-refused", "An outcome of an older generation came in. Nothing else changed.");
    meaning.put("decision-made", "A person decided; `next` is where that leads.");
    meaning.put("wait-ended", "The time the item waited for is over.");
    return meaning;
  }

  private String write() {
    MEANING.forEach((name, about) -> {
      page.append("\n### `").append(name).append("`\n\n").append(about).append("\n\n");
      fields(EventNames.type(name));
    });
    page.append("\n## What they hold\n");
    var told = new TreeMap<String, String>();
    while (!unread.isEmpty()) {
      var type = unread.remove();
      var before = page.length();
      type(type);
      told.put(name(type), page.substring(before));
      page.setLength(before);
    }
    told.values().forEach(page::append);
    return page.toString();
  }

  private void type(Class<?> type) {
    page.append("\n### ").append(name(type)).append("\n\n");
    if (type.isEnum()) {
      page.append("One of ");
      page.append(
          Arrays.stream(type.getEnumConstants())
              .map(it -> "`" + it + "`")
              .collect(Collectors.joining(", ")));
      page.append(".\n");
    } else if (type.isSealed()) {
      page.append("One of these; `is` says which.\n\n| `is` | fields |\n|---|---|\n");
      for (var option : type.getPermittedSubclasses()) {
        var fields =
            Arrays.stream(option.getRecordComponents())
                .map(it -> "`%s` %s".formatted(it.getName(), value(it)))
                .collect(Collectors.joining("; "));
        page.append("| `").append(wire(option)).append("` | ").append(fields).append(" |\n");
      }
    } else {
      fields(type);
    }
  }

  private void fields(Class<?> type) {
    page.append("| field | value |\n|---|---|\n");
    for (var component : type.getRecordComponents()) {
      page.append("| `").append(component.getName()).append("` | ");
      page.append(value(component)).append(" |\n");
    }
  }

  private String value(RecordComponent component) {
    var open = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return words(component.getGenericType()) + (open ? ", or left out" : "");
  }

  private String words(Type type) {
    if (type instanceof ParameterizedType generic) {
      var inner = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? "list of " + words(inner[0])
          : "map of " + words(inner[0]) + " to " + words(inner[1]);
    }
    var plain = (Class<?>) type;
    if (plain.isPrimitive() || plain == Integer.class) {
      return plain == boolean.class ? "boolean" : "number";
    }
    if (PLAIN.contains(plain)) {
      return plain == String.class ? "text" : words(plain.getSimpleName());
    }
    if (types.put(name(plain), plain) == null) {
      unread.add(plain);
    }
    return "[%s](#%s)"
        .formatted(name(plain), name(plain).toLowerCase(Locale.ROOT).replace(".", ""));
  }

  private static String words(String plain) {
    return switch (plain) {
      case "Instant" -> "time";
      case "Duration" -> "duration";
      case "ItemId" -> "item's id";
      default -> "signal's key";
    };
  }

  private static String name(Class<?> type) {
    var outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
  }

  private static String wire(Class<?> record) {
    return record.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /// Every event there is.
  static List<String> names() {
    return Arrays.stream(WorkItemEvent.class.getPermittedSubclasses())
        .map(EventsPage::wire)
        .toList();
  }

  private static final String HEAD =
      """
      # Events

      <!-- Made from the records that are written; EventsPageTest compares. -->

      The journal is the truth: how an item stands is what its events, read in order, make of it. `GET /api/v1/items/{id}/history` and
      `millwright history ID` print them for people, `millwright audit export` as they are.

      - An event is CBOR in the database and JSON in exports, with the fields below in camelCase. A field without a value is left out. Times are
        ISO 8601 in UTC, durations too (`PT1M30S`).
      - Its **wire name** never changes, whatever becomes of the record behind it; an event that comes to mean something else gets a new name, and
        the old one stays readable. A reader skips fields it does not know.
      - Every event carries the SHA-256 of the one before it over that one's own predecessor, name and bytes; the first points to zeros.
        `millwright audit verify` follows the chain.
      - Large things are artifacts, named by the hash of their content. Secrets are in no event.

      ## The nine
      """;
}
