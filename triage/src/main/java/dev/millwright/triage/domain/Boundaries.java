package dev.millwright.triage.domain;

import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import java.util.List;
import java.util.stream.Stream;

/// The server's boundary, made narrower by the repository and by the kind of work, never wider.
final class Boundaries {
  private static final List<String> DOCUMENTS =
      List.of("**/*.md", "**/*.adoc", "**/*.rst", "**/*.txt", "docs/**");

  private Boundaries() {}

  static Contract.Boundary of(
      PolicySettings policy, RepositoryRules rules, Kind kind, Author author) {
    var own = rules.boundary();
    var deny =
        Stream.concat(policy.boundary().deny().stream(), own.deny().stream()).distinct().toList();
    // A watcher that found stale documentation asks for words; a person may mean comments in code.
    var bounded =
        kind == Kind.DOCS && author.trust() == Author.Trust.MACHINE && own.allow().isEmpty();
    return new Contract.Boundary(
        bounded ? DOCUMENTS : own.allow(),
        deny,
        Math.min(policy.boundary().maxFiles(), own.maxFiles().orElse(Integer.MAX_VALUE)),
        Math.min(policy.boundary().maxLines(), own.maxLines().orElse(Integer.MAX_VALUE)),
        Math.max(policy.review().requiredApprovals(), rules.reach().approvals().orElse(1)));
  }
}
