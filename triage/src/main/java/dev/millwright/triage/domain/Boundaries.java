package dev.millwright.triage.domain;

import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.triage.domain.Sensitivity.Area;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// The server's boundary, made narrower by the repository and by the kind of work, never wider.
final class Boundaries {
  private static final int MANY = Integer.MAX_VALUE;
  private static final List<String> DOCUMENTS =
      List.of("**/*.md", "**/*.adoc", "**/*.rst", "**/*.txt", "docs/**");

  private Boundaries() {}

  /// What a change may touch that touches something delicate: little, and nothing delicate that the
  /// request does not speak of.
  private static final int DELICATE_FILES = 15;

  private static final int DELICATE_LINES = 600;

  private static final Map<Area, List<String>> GUARDED =
      Map.of(
          Area.DATA_MIGRATIONS, List.of("**/db/migration/**", "**/migrations/**"),
          Area.RELEASE_SETTINGS, List.of(".github/**", ".gitlab-ci.yml", "deploy/**", "infra/**"),
          Area.SECRETS, List.of("**/*secret*", "**/*.pem", "**/*.key", "**/.env*"));

  static Contract.Boundary of(
      PolicySettings policy, RepositoryRules rules, Kind kind, Author author, Set<Area> touched) {
    var own = rules.boundary();
    var deny =
        Stream.of(policy.boundary().deny(), own.deny(), guarded(touched))
            .flatMap(List::stream)
            .distinct()
            .toList();
    var delicate = !touched.isEmpty();
    // A watcher that found stale documentation asks for words; a person may mean comments in code.
    var bounded =
        kind == Kind.DOCS && author.trust() == Author.Trust.MACHINE && own.allow().isEmpty();
    return new Contract.Boundary(
        bounded ? DOCUMENTS : own.allow(),
        deny,
        least(policy.boundary().maxFiles(), own.maxFiles(), delicate ? DELICATE_FILES : MANY),
        least(policy.boundary().maxLines(), own.maxLines(), delicate ? DELICATE_LINES : MANY),
        Math.max(policy.review().requiredApprovals(), rules.reach().approvals().orElse(1)));
  }

  private static List<String> guarded(Set<Area> touched) {
    return touched.isEmpty()
        ? List.of()
        : GUARDED.entrySet().stream()
            .filter(entry -> !touched.contains(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .sorted()
            .toList();
  }

  private static int least(int servers, OptionalInt own, int delicate) {
    return Math.min(Math.min(servers, delicate), own.orElse(MANY));
  }
}
