package dev.millwright.triage.domain;

import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.ItemId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a request says again what an earlier item says. Only what is nearly the same word for
/// word is dropped; what is merely alike is linked, so that a person can see both.
///
/// The thresholds are measured, see `docs/triage.md`.
public final class Duplicates {
  static final double SAME = 0.8;
  static final double LINKED = 0.4;
  private static final int MOST_COMMON = 6;
  private static final int FEWEST_WORDS = 5;

  private Duplicates() {}

  /// What an earlier item is to a request.
  public sealed interface Relation {
    /// Nothing earlier is like it.
    record None() implements Relation {}

    /// Both stay, and each can be found from here.
    record Linked(ItemId to) implements Relation {}

    /// There is nothing left to do here.
    record Same(ItemId as) implements Relation {}
  }

  /// @param alike earlier items, the most alike first
  static Judged<Relation> judge(
      Context context, List<Alike> alike, PolicySettings.Duplicates policy) {
    var signal = context.signal();
    var near =
        alike.stream().filter(it -> it.score() >= LINKED && !related(signal, it)).findFirst();
    if (near.isEmpty()) {
      return new Judged<>(new Relation.None(), 0.8, "nothing here reads like it");
    }
    var other = near.get();
    var why = described(other);
    var apart = apart(context, other, policy);
    return apart
        .map(reason ->
            new Judged<Relation>(
                new Relation.Linked(other.id()),
                other.score(),
                why + "; not the same, for " + reason))
        .orElseGet(() -> new Judged<>(new Relation.Same(other.id()), other.score(), why));
  }

  /// Parts of one whole read alike and are not each other.
  private static boolean related(Signal signal, Alike other) {
    var whole = signal.facts().getOrDefault(Splitting.PART_OF, "");
    return Splitting.isPart(signal)
        && (whole.equals(other.id().value()) || whole.equals(other.standing().partOf()));
  }

  /// Why it is not dropped although it is alike; empty where it may be.
  private static Optional<String> apart(
      Context context, Alike other, PolicySettings.Duplicates policy) {
    var signal = context.signal();
    var request = signal.request();
    if (other.score() < SAME) {
      return Optional.of("it is not alike enough");
    }
    if (said(request.title(), request.body()) < FEWEST_WORDS
        || said(other.title(), other.body()) < FEWEST_WORDS) {
      return Optional.of("one of them says too little to tell");
    }
    var told =
        Identifiers.differ(request.title(), Prose.of(request.body()), other.title(), other.body());
    if (told.isPresent()) {
      return told;
    }
    if (other.standing().finishedAt() != null) {
      return Optional.of("that one is done and this came after it: it may be back");
    }
    if (Answers.insists(context)) {
      return Optional.of("a person wants it looked at");
    }
    if (other.trust() == Author.Trust.OUTSIDER && signal.author().mayStartWork()) {
      return Optional.of("that one came from somebody who may not start work");
    }
    return switch (signal.author().trust()) {
      case OPERATOR -> Optional.of("an operator asked for it");
      case MACHINE -> Optional.of("a machine's signals have names of their own");
      case MEMBER, OUTSIDER ->
          policy == PolicySettings.Duplicates.LINK
              ? Optional.of("policy.triage.duplicates is link")
              : Optional.empty();
    };
  }

  private static int said(String title, String body) {
    return Terms.speaking(title + "\n" + Prose.of(body));
  }

  private static String described(Alike other) {
    return String.format(
        Locale.ROOT,
        "looks like %s (\"%s\"), %.2f, because both say %s",
        other.id(),
        Words.line(other.title(), 80),
        other.score(),
        String.join(", ", other.common().stream().limit(MOST_COMMON).toList()));
  }
}
