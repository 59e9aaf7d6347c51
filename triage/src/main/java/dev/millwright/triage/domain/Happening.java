package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Author;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened outside, in one vocabulary for all who tell of it. All text is a
/// stranger's.
///
/// @param author whose words they are; of several, the one who is trusted least
/// @param facts further flat facts for whoever does the work
public record Happening(
    Subject subject,
    Words words,
    Place place,
    Deed deed,
    Author author,
    Map<String, String> facts) {
  public Happening {
    facts = Map.copyOf(facts);
  }

  /// What sort of thing it happened to.
  public enum Sort {
    ISSUE,
    COMMENT,
    /// A check, build or workflow.
    CHECK,
    /// An advisory about a dependency, the code or a secret.
    ADVISORY,
    ALERT,
    /// A pull or merge request.
    CHANGE,
    /// Somebody says outright what is to be done.
    REQUEST,
    OTHER;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What it happened to.
  ///
  /// @param key names it; empty where it has no name of its own
  /// @param state `open`, `closed`, `failed`, `passed`, `triggered`, `resolved`, or empty
  /// @param item the item of this factory it belongs to; empty where that is not known
  public record Subject(Sort sort, String key, String state, String item) {}

  /// What is said about it.
  ///
  /// @param priority 1 is the most urgent, 4 the least, 0 says nothing
  public record Words(
      String title, String body, List<String> labels, int priority, List<String> assignees) {
    public Words {
      labels = List.copyOf(labels);
      assignees = List.copyOf(assignees);
    }
  }

  /// Where it happened.
  ///
  /// @param repo as the provider calls it, such as `acme/orders`; possibly empty
  /// @param project the same for a tracker's project, or a forge's repository; possibly empty
  /// @param url where people can read more; possibly empty
  /// @param branch possibly empty
  /// @param main whether that branch is the one changes land on
  public record Place(String repo, String project, String url, String branch, boolean main) {
    /// In a repository.
    public static Place of(String repo, String url) {
      return new Place(repo, repo, url, "", false);
    }

    /// On a branch of a repository.
    public static Place on(String repo, String url, String branch, boolean main) {
      return new Place(repo, repo, url, branch, main);
    }

    /// In a tracker's project, whatever repository that is about.
    public static Place in(String project, String url) {
      return new Place("", project, url, "", false);
    }
  }

  /// What was done, and by whom.
  ///
  /// @param action `opened`, `edited`, `labelled`, `assigned`, `reopened`, `closed`, `commented`,
  ///   `failed`, `passed`, `triggered`, `resolved`, `asked`; anything else as the provider has it
  /// @param label the label that was set, possibly empty
  /// @param command what was said to the factory, possibly empty
  /// @param at when its subject last changed
  public record Deed(String action, String label, String command, @Nullable Instant at, Actor by) {}

  /// Who did it.
  ///
  /// @param ours whether it was this factory itself
  public record Actor(Author who, boolean bot, boolean ours) {
    public String name() {
      return who.name();
    }
  }

  /// What rules can ask about, by the names they use.
  public Map<String, Object> values() {
    return Map.ofEntries(
        Map.entry("type", subject.sort().word()),
        Map.entry("key", subject.key()),
        Map.entry("state", subject.state()),
        Map.entry("title", words.title()),
        Map.entry("body", words.body()),
        Map.entry("labels", words.labels().stream().map(Issue::folded).toList()),
        Map.entry("priority", (long) words.priority()),
        Map.entry("assignees", words.assignees().stream().map(Issue::folded).toList()),
        Map.entry("repo", place.repo()),
        Map.entry("project", place.project()),
        Map.entry("url", place.url()),
        Map.entry("branch", place.branch()),
        Map.entry("main_branch", place.main()),
        Map.entry("action", deed.action()),
        Map.entry("label", Issue.folded(deed.label())),
        Map.entry("command", deed.command()),
        Map.entry("actor", deed.by().name()),
        Map.entry("bot", deed.by().bot()),
        Map.entry("author", author.name()),
        Map.entry("trust", author.trust().name().toLowerCase(Locale.ROOT)));
  }
}
