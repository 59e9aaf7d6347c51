package dev.millwright.triage.domain;

import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.triage.domain.Duplicates.Relation;
import dev.millwright.triage.domain.Sensitivity.Area;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that was judged about a request, before it is decided what follows from it.
///
/// @param question what has to be asked first
/// @param objection why a person has to agree first, beside who sent it
/// @param parts what it is cut into, if it is too large
record Weighed(
    Kind kind,
    Judged<Relation> duplicate,
    Optional<String> question,
    Optional<String> objection,
    Judged<Size> size,
    List<String> parts,
    Set<Area> touched,
    Tally tally,
    Contract.@Nullable Forecast forecast) {
  private static final double HARD = 0.5;

  static Weighed of(
      Context context, PolicySettings policy, Triage.Aim.Routed routed, Knowledge knowledge) {
    var signal = context.signal();
    var kind = Opinions.kind(routed.judged().finding("kind"), routed.kind(), knowledge.opinion());
    var repo = routed.repo();
    var rates = knowledge.experience().rates(kind, repo.name(), routed.agent().name());
    var duplicate = Duplicates.judge(context, knowledge.alike(), policy.triage().duplicates());
    var clear = Clarity.judge(signal, kind);
    var parts =
        cuttable(context, routed) ? Parts.of(signal.request().body(), kind) : List.<String>of();
    var size = Size.judge(signal.request(), kind, parts, rates.tell() ? rates.landed() : 1);
    var touched = Sensitivity.judge(delicate(signal.request(), Splitting.isPart(signal)));
    var tally = routed.tally();
    tally = tallied(tally, duplicate, clear, size, touched);
    tally =
        tally.doubting(
            Readiness.judge(knowledge.readiness(), repo.base()).finding("readiness"),
            Readiness.factor(knowledge.readiness()));
    if (rates.tell()) {
      tally = tally.doubting(record(rates), Math.min(1, 0.6 + 0.4 * rates.landed() / HARD));
    }
    tally = Opinions.heard(tally, knowledge.opinion(), kind, size.value());
    return new Weighed(
        kind,
        duplicate,
        question(context, routed, clear, size, parts, knowledge.opinion()),
        objection(context, policy.triage(), kind, touched.value(), knowledge, repo.base()),
        size,
        parts,
        touched.value(),
        tally,
        knowledge.experience().forecast(kind, repo.name(), routed.agent().name()).orElse(null));
  }

  boolean isSplit() {
    return size.value() == Size.TOO_LARGE && !parts.isEmpty();
  }

  private static Tally tallied(
      Tally tally,
      Judged<Relation> duplicate,
      Judged<Optional<String>> clear,
      Judged<Size> size,
      Judged<Set<Area>> touched) {
    var linked = duplicate.value() instanceof Relation.Linked;
    var sure = clear.confidence() >= 0.6;
    var unclear = clear.value().isPresent() || !sure;
    return tally
        .doubting(duplicate.finding("duplicate", linked ? "linked" : "none"), linked ? 0.9 : 1)
        .doubting(clear.finding("clear", unclear ? "hardly" : "yes"), unclear ? 0.8 : 1)
        .doubting(size.finding("size"), left(size.value()))
        .doubting(
            touched.finding(
                "sensitive", touched.value().isEmpty() ? "no" : Sensitivity.named(touched.value())),
            touched.value().isEmpty() ? 1 : 0.8);
  }

  private static double left(Size size) {
    return switch (size) {
      case SMALL, MEDIUM -> 1;
      case LARGE -> 0.7;
      case TOO_LARGE -> 0.5;
    };
  }

  private static Contract.Finding record(Experience.Rates rates) {
    var landed = Math.round(rates.landed() * 100);
    return new Contract.Finding(
        "track record",
        landed + " % landed",
        0.8,
        "of "
            + rates.samples()
            + " finished items like this about "
            + landed
            + " % landed, "
            + Math.round(rates.atOnce() * 100)
            + " % at once");
  }

  /// A part quotes the whole it was cut from; only its own words say what it touches.
  private static Request delicate(Request request, boolean part) {
    return part
        ? new Request(request.title(), "", null, List.of(), 0, request.repo(), null)
        : request;
  }

  /// What a machine sends lists findings, what a recipe does is one step, and a part was cut.
  private static boolean cuttable(Context context, Triage.Aim.Routed routed) {
    return context.signal().author().trust() != Author.Trust.MACHINE
        && !routed.agent().kind().equals(TriageSettings.RECIPES)
        && !Splitting.isPart(context.signal())
        && !Answers.insists(context);
  }

  private static Optional<String> question(
      Context context,
      Triage.Aim.Routed routed,
      Judged<Optional<String>> clear,
      Judged<Size> size,
      List<String> parts,
      Opinion opinion) {
    if (Answers.insists(context) || routed.agent().kind().equals(TriageSettings.RECIPES)) {
      return Optional.empty();
    }
    if (clear.value().isPresent()) {
      return clear.value();
    }
    if (size.value() == Size.TOO_LARGE && parts.isEmpty() && cuttable(context, routed)) {
      return Optional.of(
          "This is too large for one change: "
              + size.why()
              + ". Which part of it should be done first, and how is it seen that it is done?");
    }
    return clear.confidence() < 0.8 ? Opinions.question(opinion) : Optional.empty();
  }

  private static Optional<String> objection(
      Context context,
      PolicySettings.Triage policy,
      Kind kind,
      Set<Area> touched,
      Knowledge knowledge,
      String base) {
    var author = context.signal().author();
    if (policy.approveSensitive() && Sensitivity.needsApproval(touched, kind, author)) {
      return Optional.of("It touches " + Sensitivity.named(touched) + ". Shall the factory do it?");
    }
    if (policy.approveSensitive()
        && Opinions.sensitive(knowledge.opinion())
        && author.trust() != Author.Trust.OPERATOR) {
      return Optional.of("A model finds it sensitive. Shall the factory do it?");
    }
    return policy.requireChecks()
        ? Readiness.objection(knowledge.readiness(), base)
            .map(why -> Words.line(why, 200) + ". Shall the factory begin all the same?")
        : Optional.empty();
  }
}
