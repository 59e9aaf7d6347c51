package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything known about an item so far: its signal, one part per stage, what was sent back, what
/// people decided, and what was done for its agents.
public record Context(
    Signal signal,
    Map<Stage, Part> parts,
    List<Feedback> feedback,
    List<Decided> decisions,
    List<Note> notes) {
  private static final int MOST_REMEMBERED = 20;

  public Context {
    parts = Map.copyOf(parts);
    feedback = List.copyOf(feedback);
    decisions = List.copyOf(decisions);
    // Rows of older versions have none.
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /// A decision, when it was made, and the commit it was made about.
  public record Decided(Decision decision, Instant at, @Nullable String commit) {
    private Sort sort() {
      return switch (decision.verb()) {
        case APPROVE, REJECT, REWORK -> Sort.JUDGEMENT;
        case ANSWER -> Sort.ANSWER;
        case CANCEL, RETRY -> Sort.ORDER;
        case STEER, REMARK -> Sort.TALK;
      };
    }
  }

  /// Decisions of one sort push out each other and no other: however much is talked, what was
  /// judged, answered or ordered still stands.
  private enum Sort {
    JUDGEMENT,
    ANSWER,
    ORDER,
    TALK
  }

  public static Context of(Signal signal) {
    return new Context(signal, Map.of(), List.of(), List.of(), List.of());
  }

  /// What the change is called.
  public String title() {
    return change().map(change -> title(change.agent())).orElseGet(() -> signal.request().title());
  }

  /// What an agent calls its change; if it does not say, what it was asked for.
  public String title(String agent) {
    return notes.reversed().stream()
        .filter(note -> note.about() == Note.About.TITLE && note.agent().equals(agent))
        .map(Note::text)
        .findFirst()
        .orElseGet(() -> signal.request().title());
  }

  public Optional<Contract> contract() {
    return part(Stage.TRIAGE, Contract.class);
  }

  public Optional<Change> change() {
    return part(Stage.CODEGEN, Change.class);
  }

  public Optional<Evidence> evidence() {
    return part(Stage.VALIDATION, Evidence.class);
  }

  public Optional<Proposal> proposal() {
    return part(Stage.RELEASE, Proposal.class);
  }

  public Optional<DocsReport> docs() {
    return part(Stage.DOCUMENTATION, DocsReport.class);
  }

  public Optional<Aftercare> aftercare() {
    return part(Stage.MONITORING, Aftercare.class);
  }

  /// Whether as many people as the contract asks for approved exactly the commit that stands now,
  /// and nobody objected after that.
  public boolean approved() {
    return approvers().size() >= approvalsNeeded();
  }

  public int approvalsNeeded() {
    return contract().map(contract -> contract.boundary().approvals()).orElse(1);
  }

  /// Who approved exactly the commit that stands now since anybody objected to it.
  public Set<String> approvers() {
    var commit = change().map(change -> change.revision().commit()).orElse("");
    return decisions.reversed().stream()
        .filter(decided -> commit.equals(decided.commit()))
        .filter(decided -> decided.sort() == Sort.JUDGEMENT)
        .map(Decided::decision)
        .takeWhile(decision -> decision.verb() == Decision.Verb.APPROVE)
        .map(Decision::by)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What was sent back to a stage, latest last; for stages after triage, since triage last planned
  /// the work anew.
  public List<Feedback> feedbackTo(Stage stage) {
    var planned = feedback.stream().map(Feedback::to).toList().lastIndexOf(Stage.TRIAGE);
    var since = stage == Stage.TRIAGE ? feedback : feedback.subList(planned + 1, feedback.size());
    return since.stream().filter(sent -> sent.to() == stage).toList();
  }

  public Context with(Signal latest) {
    return new Context(latest, parts, feedback, decisions, notes);
  }

  public Context with(Stage stage, Part part) {
    var more = new EnumMap<Stage, Part>(Stage.class);
    more.putAll(parts);
    more.put(stage, part);
    return new Context(signal, more, feedback, decisions, notes);
  }

  public Context with(Feedback sent) {
    return new Context(signal, parts, appended(feedback, sent), decisions, notes);
  }

  public Context with(Decision decision, Instant at) {
    var commit = change().map(change -> change.revision().commit()).orElse(null);
    return new Context(
        signal, parts, feedback, including(new Decided(decision, at, commit)), notes);
  }

  private List<Decided> including(Decided last) {
    var alike = decisions.stream().filter(said -> said.sort() == last.sort()).toList();
    var longer = new ArrayList<>(decisions);
    if (alike.size() >= MOST_REMEMBERED) {
      longer.remove(alike.getFirst());
    }
    longer.add(last);
    return longer;
  }

  /// Whether a note says nothing new. A title that comes back is news.
  boolean has(Note note) {
    return note.about() == Note.About.TITLE
        ? note.text().equals(title(note.agent()))
        : notes.contains(note);
  }

  public Context with(Note note) {
    return new Context(signal, parts, feedback, decisions, appended(notes, note));
  }

  /// What was said about work that is over says nothing about what comes after it.
  Context withoutNotes() {
    return new Context(signal, parts, feedback, decisions, List.of());
  }

  /// A part of another stage's type counts as none: an item must stay readable whatever it was
  /// told.
  private <P extends Part> Optional<P> part(Stage stage, Class<P> type) {
    return Optional.ofNullable(parts.get(stage)).filter(type::isInstance).map(type::cast);
  }

  private static <T> List<T> appended(List<T> list, T last) {
    var kept = list.size() < MOST_REMEMBERED ? list : list.subList(1, list.size());
    var longer = new ArrayList<T>(kept);
    longer.add(last);
    return longer;
  }
}
