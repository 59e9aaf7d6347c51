package dev.millwright.triage.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.triage.adapter.WorkflowFile.Broken;
import dev.millwright.triage.domain.RepositoryRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Millwright's own keys in a repository's policy file. An unknown key is a warning; a known key
/// with a wrong value is an error, because a limit that is not understood is no limit.
final class FactorySection {
  private static final int MOST_ENTRIES = 100;
  private static final int MOST_TEXT = 2_000;
  private static final Duration LONGEST_WATCH = Duration.ofDays(7);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(20);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*(s|m|h|d)");

  /// The last three say how a factory is run with the file, and are read where it is.
  private static final Set<String> KEYS =
      Set.of(
          "autonomy",
          "review",
          "verification",
          "boundary",
          "environment",
          "aftercare",
          "documentation",
          "agents",
          "models",
          "repo",
          "board");

  private final JsonNode root;
  private final String path;
  private final List<String> warnings = new ArrayList<>();

  FactorySection(JsonNode root, String path) {
    this.root = root;
    this.path = path;
  }

  RepositoryRules rules(HooksSection hooks) {
    known(root, "factory", KEYS);
    warnings.addAll(hooks.warnings());
    var environment = root.path("environment");
    known(environment, "factory.environment", Set.of("setup", "maintenance"));
    return new RepositoryRules(
        checks(),
        boundary(),
        new Contract.Environment(
            texts(environment.path("setup"), "factory.environment.setup"),
            Map.of(),
            hooks.hooks(),
            texts(environment.path("maintenance"), "factory.environment.maintenance")),
        aftercare(),
        new RepositoryRules.Reach(autonomy(), approvals(), documentation(), agents()),
        warnings);
  }

  private List<Contract.Check> checks() {
    var verification = root.path("verification");
    var nested = verification.isObject();
    if (nested) {
      known(verification, "factory.verification", Set.of("checks"));
    }
    var where = nested ? "factory.verification.checks" : "factory.verification";
    var checks = new ArrayList<Contract.Check>();
    for (var entry : entries(nested ? verification.path("checks") : verification, where)) {
      known(entry, where, Set.of("name", "command", "minutes"));
      var command = text(entry.path("command"), where + ".command");
      var name =
          entry.has("name")
              ? text(entry.path("name"), where + ".name")
              : "check " + (checks.size() + 1);
      if (!NAME.matcher(name).matches()) {
        throw wrong(where + ".name", name, "use letters, digits, spaces and . _ -");
      }
      var minutes = count(entry.path("minutes"), where + ".minutes");
      checks.add(
          new Contract.Check(
              name,
              command,
              minutes.isPresent() ? Duration.ofMinutes(minutes.getAsInt()) : USUAL_LIMIT));
    }
    var names = checks.stream().map(Contract.Check::name).collect(Collectors.toSet());
    if (names.size() < checks.size()) {
      throw new Broken(where + ": every check needs a name of its own");
    }
    return checks;
  }

  private RepositoryRules.Boundary boundary() {
    var boundary = root.path("boundary");
    var where = "factory.boundary";
    known(boundary, where, Set.of("allow", "deny", "max_files", "max_lines"));
    return new RepositoryRules.Boundary(
        texts(boundary.path("allow"), where + ".allow"),
        texts(boundary.path("deny"), where + ".deny"),
        count(boundary.path("max_files"), where + ".max_files"),
        count(boundary.path("max_lines"), where + ".max_lines"));
  }

  private Optional<Autonomy> autonomy() {
    var word = root.path("autonomy");
    if (word.isMissingNode() || word.isNull()) {
      return Optional.empty();
    }
    return Arrays.stream(Autonomy.values())
        .filter(autonomy ->
            word.asText().equals(autonomy.name().toLowerCase(Locale.ROOT).replace('_', '-')))
        .findFirst()
        .or(() -> {
          throw wrong(
              "factory.autonomy", word.toString(), "use report, propose, review or land-low-risk");
        });
  }

  private OptionalInt approvals() {
    var review = root.path("review");
    known(review, "factory.review", Set.of("required_approvals"));
    return count(review.path("required_approvals"), "factory.review.required_approvals");
  }

  /// Names alone, or agents as `millwright.yaml` describes them: what they are is the server's to
  /// say.
  private List<String> agents() {
    var agents = root.path("agents");
    if (!agents.isObject()) {
      return texts(agents, "factory.agents");
    }
    var names = new ArrayList<String>();
    agents.fieldNames().forEachRemaining(name -> names.add(shown(name)));
    return names.subList(0, Math.min(names.size(), MOST_ENTRIES));
  }

  private RepositoryRules.Documentation documentation() {
    var documentation = root.path("documentation");
    var where = "factory.documentation";
    if (documentation.isBoolean()) {
      return new RepositoryRules.Documentation(documentation.booleanValue(), List.of());
    }
    known(documentation, where, Set.of("enabled", "paths"));
    var enabled = documentation.path("enabled");
    if (!enabled.isMissingNode() && !enabled.isBoolean()) {
      throw wrong(where + ".enabled", enabled.toString(), "write true or false");
    }
    return new RepositoryRules.Documentation(
        enabled.asBoolean(true), texts(documentation.path("paths"), where + ".paths"));
  }

  private Optional<AftercareSettings> aftercare() {
    var aftercare = root.path("aftercare");
    if (aftercare.isMissingNode() || aftercare.isNull()) {
      return Optional.empty();
    }
    var where = "factory.aftercare";
    known(aftercare, where, Set.of("probe", "window", "every"));
    var probe = text(aftercare.path("probe"), where + ".probe");
    // The factory reaches addresses that a stranger's repository has no business with.
    if (probe.matches("(?i)https?://.*")) {
      throw wrong(where + ".probe", probe, "name a command; addresses are for millwright.yaml");
    }
    var window = duration(aftercare.path("window"), where + ".window", Duration.ofMinutes(10));
    var every = duration(aftercare.path("every"), where + ".every", Duration.ofSeconds(30));
    if (window.compareTo(LONGEST_WATCH) > 0 || every.compareTo(SHORTEST_PAUSE) < 0) {
      throw wrong(where, aftercare.toString(), "watch for at most 7d, every 5s or less often");
    }
    return Optional.of(new AftercareSettings(probe, window, every));
  }

  private void known(JsonNode node, String where, Set<String> keys) {
    if (node.isMissingNode() || node.isNull()) {
      return;
    }
    if (!node.isObject()) {
      throw wrong(where, node.toString(), "write keys and values");
    }
    node.fieldNames()
        .forEachRemaining(key -> {
          if (!keys.contains(key) && warnings.size() < MOST_ENTRIES) {
            warnings.add(path + ": " + where + "." + shown(key) + " is not known and ignored");
          }
        });
  }

  private static Iterable<JsonNode> entries(JsonNode node, String where) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw wrong(where, node.toString(), "write a list");
    }
    if (node.size() > MOST_ENTRIES) {
      throw wrong(where, node.size() + " entries", "write at most " + MOST_ENTRIES);
    }
    return node;
  }

  private static List<String> texts(JsonNode node, String where) {
    var texts = new ArrayList<String>();
    for (var entry : entries(node, where)) {
      texts.add(text(entry, where));
    }
    return texts;
  }

  private static String text(JsonNode node, String where) {
    var text = node.isValueNode() ? node.asText().strip() : "";
    if (text.isEmpty() || text.length() > MOST_TEXT || text.indexOf('\0') >= 0) {
      throw wrong(where, node.toString(), "write 1 to " + MOST_TEXT + " characters");
    }
    return text;
  }

  private static OptionalInt count(JsonNode node, String where) {
    if (node.isMissingNode() || node.isNull()) {
      return OptionalInt.empty();
    }
    if (!node.isInt() || node.intValue() < 1) {
      throw wrong(where, node.toString(), "write a whole number above 0");
    }
    return OptionalInt.of(node.intValue());
  }

  private static Duration duration(JsonNode node, String where, Duration usual) {
    if (node.isMissingNode() || node.isNull()) {
      return usual;
    }
    var found = DURATION.matcher(node.asText().strip());
    if (!found.matches()) {
      throw wrong(where, node.toString(), "write a time such as 30s, 10m or 1h");
    }
    var amount = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  static Broken wrong(String where, String value, String fix) {
    return new Broken(where + " is " + shown(value) + "; " + fix);
  }

  static String shown(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= 60 ? line : line.substring(0, 59) + "…";
  }
}
