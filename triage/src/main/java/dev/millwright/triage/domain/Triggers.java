package dev.millwright.triage.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Sha256;
import dev.millwright.triage.domain.Happening.Sort;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides what is done about something that happened outside: the first rule that holds.
///
/// Before any rule: what the factory did itself is never heard, nor are other bots unless the
/// webhook says so. A ticket of a board is that board's to judge.
public record Triggers(List<Trigger> rules, Boarded boards) {
  private static final int MOST_BODY_CHARACTERS = 200_000;
  private static final int MOST_KEY_CHARACTERS = 200;
  private static final Set<String> AGAIN =
      Set.of("opened", "reopened", "failed", "triggered", "asked", "commented");

  public Triggers {
    rules = List.copyOf(rules);
  }

  /// The boards that take tickets of a provider.
  public interface Boarded {
    /// Their names.
    ///
    /// @param project as the provider calls it; empty where it does not say
    List<String> of(String source, String project);
  }

  /// What it was that brought it.
  ///
  /// @param event as the provider calls it
  /// @param delivery names the delivery
  /// @param payload what it sent, as maps, lists, texts, numbers and booleans
  public record Scene(WebhookSettings hook, String event, String delivery, Object payload) {}

  /// What is to be done about each of them; a ruling for every board only once.
  public List<Ruling> decide(Scene scene, List<Happening> happenings) {
    return happenings.stream().flatMap(it -> decide(scene, it)).distinct().toList();
  }

  private Stream<Ruling> decide(Scene scene, Happening it) {
    var by = it.deed().by();
    if (by.ours()) {
      return Stream.of(nothing("this factory did it itself"));
    }
    if (by.bot() && !scene.hook().people().bots() && isSaid(it)) {
      return Stream.of(
          nothing(
              "%s is a bot, and bots are ignored (webhooks.%s.bots)"
                  .formatted(shown(by.name()), scene.hook().name())));
    }
    var taking =
        isRead(it) ? boards.of(scene.hook().kind(), it.place().project()) : List.<String>of();
    return taking.isEmpty()
        ? Stream.of(ruled(scene, it))
        : taking.stream()
            .map(board ->
                new Ruling.Look(
                    board, "board " + board + " takes such tickets and was asked to look now"));
  }

  /// Whether a board reads it by itself: what its tickets say, and what people say on them. What is
  /// said to the factory by its name need not be on a ticket of the board's.
  private static boolean isRead(Happening it) {
    return switch (it.subject().sort()) {
      case ISSUE -> true;
      case COMMENT -> it.deed().command().isEmpty();
      case CHANGE, CHECK, ADVISORY, ALERT, REQUEST, OTHER -> false;
    };
  }

  private static boolean isSaid(Happening it) {
    return switch (it.subject().sort()) {
      case ISSUE, COMMENT, REQUEST, CHANGE, OTHER -> true;
      case CHECK, ADVISORY, ALERT -> false;
    };
  }

  private Ruling ruled(Scene scene, Happening it) {
    var values =
        Map.of("event", it.values(), "hook", hook(scene.hook()), "payload", scene.payload());
    var misses = new ArrayList<String>();
    var closest = "";
    for (var rule : rules) {
      if (rule.looksAt(scene.hook().kind(), scene.event(), it)) {
        switch (rule.when().test(values)) {
          case Trigger.Held.Yes _ -> {
            return hold(scene, it, rule, values);
          }
          case Trigger.Held.No(var why) -> {
            closest = closest.isEmpty() ? rule.name() : closest;
            misses.add(
                "rule "
                    + rule.name()
                    + ": "
                    + (rule.unless().isEmpty() ? why : rule.unless(scene.hook())));
          }
        }
      }
    }
    return misses.isEmpty()
        ? nothing(
            "no rule looks at %s/%s (%s)"
                .formatted(scene.hook().kind(), shown(scene.event()), it.subject().sort().word()))
        : new Ruling.Nothing(closest, String.join("; ", misses));
  }

  private static Map<String, Object> hook(WebhookSettings hook) {
    return Map.of(
        "name", hook.name(),
        "kind", hook.kind(),
        "label", Issue.folded(hook.calling().label()),
        "handle", Issue.folded(hook.calling().handle()));
  }

  private static Ruling hold(Scene scene, Happening it, Trigger rule, Map<String, Object> values) {
    var command = it.deed().command();
    if (!command.isEmpty()
        && it.subject().sort() == Sort.COMMENT
        && !it.deed().by().who().mayStartWork()) {
      return new Ruling.Nothing(
          rule.name(),
          "%s is not known as a member, and only members can tell the factory something"
              .formatted(shown(it.deed().by().name())));
    }
    var signal = signal(scene, it, rule, values);
    if (signal.isEmpty()) {
      return new Ruling.Nothing(rule.name(), "it has no title, so nothing says what to do");
    }
    var reason = "rule " + rule.name() + " holds";
    var work =
        new Ruling.Work(
            rule.name(),
            signal.get(),
            again(scene.hook(), it),
            it.deed().at(),
            rule.rule().limit(),
            reason);
    return command.isEmpty()
        ? work
        : new Ruling.Say(it.subject().item(), it.deed().by().name(), command, work, reason);
  }

  /// Whether it is more than news about something known.
  private static boolean again(WebhookSettings hook, Happening it) {
    return AGAIN.contains(it.deed().action())
        || (it.deed().action().equals("labelled")
            && it.deed().label().equalsIgnoreCase(hook.calling().label()))
        || it.deed().action().equals("assigned");
  }

  private static Optional<Signal> signal(
      Scene scene, Happening it, Trigger trigger, Map<String, Object> values) {
    var work = trigger.rule().work();
    var said = it.words();
    var title =
        Words.line(trigger.title().of(values).orElse(said.title()), Request.MOST_TITLE_CHARACTERS);
    if (title.isBlank()) {
      return Optional.empty();
    }
    var body = trigger.body().of(values).orElse(said.body());
    var request =
        new Request(
            title,
            Words.whole(body, MOST_BODY_CHARACTERS),
            first(work.kind(), kind(it)),
            Stream.concat(said.labels().stream(), work.labels().stream()).distinct().toList(),
            work.priority() == null ? said.priority() : work.priority(),
            repo(scene.hook(), it, work.repo()),
            work.agent());
    var url = it.place().url();
    return Optional.of(
        new Signal(
            key(scene, it),
            scene.hook().kind(),
            it.author(),
            request,
            facts(scene, it),
            url.matches("https?://[^\\s\\p{Cntrl}]{1,2000}") ? url : null));
  }

  private static Map<String, String> facts(Scene scene, Happening it) {
    var facts = new LinkedHashMap<>(it.facts());
    facts.put("hook", scene.hook().name());
    if (it.deed().at() != null) {
      facts.put("updated_at", it.deed().at().toString());
    }
    return facts;
  }

  private static SignalKey key(Scene scene, Happening it) {
    var given = it.subject().key();
    var key =
        Words.key(
            given.isEmpty()
                ? "hook:%s/%s".formatted(scene.hook().name(), scene.delivery())
                : given);
    if (key.length() <= MOST_KEY_CHARACTERS) {
      return new SignalKey(key);
    }
    var hash = HexFormat.of().formatHex(Sha256.of(key.getBytes(UTF_8)), 0, 10);
    return new SignalKey(Words.key(key.substring(0, MOST_KEY_CHARACTERS)) + "~" + hash);
  }

  private static @Nullable String kind(Happening it) {
    return switch (it.subject().sort()) {
      case CHECK, ALERT -> "bug";
      case ADVISORY -> "vulnerability";
      case ISSUE, COMMENT, CHANGE, REQUEST, OTHER -> null;
    };
  }

  private static @Nullable String repo(
      WebhookSettings hook, Happening it, @Nullable String ofRule) {
    return first(
        ofRule, first(hook.repo(), it.place().repo().isEmpty() ? null : it.place().repo()));
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private static Ruling nothing(String reason) {
    return new Ruling.Nothing("", reason);
  }

  private static String shown(String name) {
    return Words.line(name, 60);
  }
}
