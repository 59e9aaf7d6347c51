package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How each intent is asked for: a name and fields, the same for every way an agent may have.
///
/// Read strictly: an agent that made a mistake is told field, value and remedy, and tries again.
public final class IntentForm {
  /// All there are.
  public static final List<IntentForm> ALL =
      List.of(
          new IntentForm(
              "comment",
              "Leave a comment on the work item, for the people who follow it. Use it for what they should"
                  + " know and cannot see in the change.",
              List.of(Field.text("text", 2_000, "The comment.")),
              said -> new Intent.Comment(said.required("text"))),
          new IntentForm(
              "ask",
              "Ask a person one concrete question that you cannot answer from the repository. End your turn"
                  + " afterwards: your work is kept, and the answer comes with your next prompt.",
              List.of(Field.text("question", 2_000, "The question, with the choices you see.")),
              said -> new Intent.Ask(said.required("question"))),
          new IntentForm(
              "blocked",
              "Report what keeps you from going on, such as a tool that is not installed. End your turn"
                  + " afterwards: your work is kept, and a person mends it.",
              List.of(
                  Field.text("reason", 2_000, "What you tried and what stopped you."),
                  Field.line("missing_tool", 100, "The program or tool you lack.").optional()),
              said -> new Intent.Blocked(said.required("reason"), said.value("missing_tool"))),
          new IntentForm(
              "follow_up",
              "Propose further work that is not part of this task, as a work item of its own. A person"
                  + " decides whether it is done. Do not do it yourself.",
              List.of(
                  Field.line("title", 200, "The outcome, in one line."),
                  Field.text("body", 4_000, "Where and why, for somebody who knows nothing of it."),
                  Field.word("kind", kinds(), "What kind of work it is.").optional()),
              said ->
                  new Intent.FollowUp(
                      said.required("title"),
                      said.required("body"),
                      Optional.ofNullable(said.value("kind"))
                          .map(kind -> Kind.valueOf(kind.toUpperCase(Locale.ROOT)))
                          .orElse(null))),
          new IntentForm(
              "set_title",
              "Give the change a title: the first line of its commit and of the pull request.",
              List.of(Field.line("title", 72, "What the change does, as an imperative.")),
              said -> new Intent.ChangeTitle(said.required("title"))),
          new IntentForm(
              "ticket",
              "Read the ticket this work came from, as it is on its board now.",
              List.of(),
              _ -> new Intent.ReadTicket()),
          new IntentForm(
              "move_ticket",
              "Move the ticket this work came from to another state. The factory itself moves it when"
                  + " work begins, waits for review, and is done: this is for states of your team's own.",
              List.of(Field.line("state", 100, "The state, spelled as the board spells it.")),
              said -> new Intent.MoveTicket(said.required("state"))),
          new IntentForm(
              "link_ticket",
              "Link something on the ticket this work came from.",
              List.of(
                  Field.line("title", 200, "What is found there."),
                  Field.address("url", 2_000, "Where it is: http or https.")),
              said ->
                  new Intent.LinkTicket(said.required("title"), URI.create(said.required("url")))));

  private static final int MOST_SHOWN = 60;

  private final String wire;
  private final String about;
  private final List<Field> fields;
  private final Function<Said, Intent> make;

  private IntentForm(String wire, String about, List<Field> fields, Function<Said, Intent> make) {
    this.wire = wire;
    this.about = about;
    this.fields = fields;
    this.make = make;
  }

  /// What may be said in one field.
  ///
  /// @param words the only values it may have; any, where there are none
  public record Field(
      String name, int most, Shape shape, List<String> words, boolean required, String about) {
    /// What its text may look like.
    enum Shape {
      LINE,
      LINES,
      ADDRESS
    }

    static Field text(String name, int most, String about) {
      return new Field(name, most, Shape.LINES, List.of(), true, about);
    }

    static Field line(String name, int most, String about) {
      return new Field(name, most, Shape.LINE, List.of(), true, about);
    }

    static Field word(String name, List<String> words, String about) {
      return new Field(name, MOST_SHOWN, Shape.LINE, words, true, about);
    }

    static Field address(String name, int most, String about) {
      return new Field(name, most, Shape.ADDRESS, List.of(), true, about);
    }

    Field optional() {
      return new Field(name, most, shape, words, false, about);
    }

    /// What is wrong with a value; nothing is cut, so that nothing is lost unseen.
    private Optional<String> wrong(@Nullable Object value) {
      if (value == null) {
        return required ? Optional.of("'%s' is missing: %s".formatted(name, about)) : none();
      }
      if (!(value instanceof String text)) {
        return Optional.of("'%s' is %s: it must be a string".formatted(name, shown(value)));
      }
      if (text.isBlank()) {
        return Optional.of("'%s' is empty: %s".formatted(name, about));
      }
      if (text.length() > most) {
        return Optional.of(
            "'%s' has %d characters: say it in at most %d".formatted(name, text.length(), most));
      }
      if (shape != Shape.LINES && text.chars().anyMatch(Character::isISOControl)) {
        return Optional.of("'%s' is %s: it must be one line".formatted(name, shown(value)));
      }
      if (shape == Shape.ADDRESS && !isAddress(text.strip())) {
        return Optional.of(
            "'%s' is %s: it must be an http or https address without a user"
                .formatted(name, shown(value)));
      }
      return words.isEmpty() || words.contains(text)
          ? none()
          : Optional.of(
              "'%s' is %s: use one of %s".formatted(name, shown(value), String.join(", ", words)));
    }

    private static boolean isAddress(String text) {
      try {
        var address = new URI(text);
        return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
            && address.getHost() != null
            && address.getRawUserInfo() == null;
      } catch (URISyntaxException e) {
        return false;
      }
    }

    private static Optional<String> none() {
      return Optional.empty();
    }
  }

  /// What became of reading.
  public sealed interface Read {
    record Wanted(Intent intent) implements Read {}

    /// It makes no sense.
    ///
    /// @param why for the agent, so that it can do better
    record Unreadable(String why) implements Read {}
  }

  private record Said(Map<String, ?> fields) {
    @Nullable String value(String name) {
      return fields.get(name) instanceof String text ? text.strip() : null;
    }

    String required(String name) {
      return Optional.ofNullable(value(name)).orElseThrow();
    }
  }

  /// Reads what an agent asked for.
  ///
  /// @param fields as its JSON says them
  public static Read read(String name, Map<String, ?> fields) {
    return ALL.stream()
        .filter(form -> form.wire.equals(name))
        .findFirst()
        .map(form -> form.read(fields))
        .orElseGet(() ->
            new Read.Unreadable(
                "there is no '%s': use one of %s"
                    .formatted(
                        shown(name),
                        ALL.stream().map(IntentForm::wire).collect(Collectors.joining(", ")))));
  }

  private Read read(Map<String, ?> said) {
    var names = fields.stream().map(Field::name).toList();
    var unknown = said.keySet().stream().filter(name -> !names.contains(name)).sorted().findFirst();
    if (unknown.isPresent()) {
      return new Read.Unreadable(
          "'%s' is no field of %s: it has %s"
              .formatted(shown(unknown.get()), wire, String.join(", ", names)));
    }
    return fields.stream()
        .flatMap(field -> field.wrong(said.get(field.name())).stream())
        .findFirst()
        .<Read>map(Read.Unreadable::new)
        .orElseGet(() -> new Read.Wanted(make.apply(new Said(said))));
  }

  /// The name an agent calls it by.
  public String wire() {
    return wire;
  }

  /// What an agent is told about it.
  public String about() {
    return about;
  }

  public List<Field> fields() {
    return fields;
  }

  private static List<String> kinds() {
    return Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static String shown(Object value) {
    var text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
