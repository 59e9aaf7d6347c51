package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TicketCommentTest {
  private static final String URL = "https://factory.example.com/items/board-1";

  @Test
  void what_an_agent_says_stays_inside_its_block() {
    var note = Note.comment("co`dex", "@everyone closes #1\n```\n````\n# Big");
    var item = waiting(context().with(note), WaitingOn.ANSWER, "which?");

    assertThat(TicketComment.of(item, URL))
        .contains(
            "The agent `co'dex` says:\n\n`````text\n@everyone closes #1\n```\n````\n# Big\n`````\n");
  }

  @Test
  void a_change_in_review_is_linked_and_only_the_web_is_a_link() {
    assertThat(TicketComment.of(inReview("https://example.com/acme/orders/pull/7"), URL))
        .contains("The change waits for review.")
        .contains("- Review: <https://example.com/acme/orders/pull/7>")
        .contains("1 file, +2 −3");
    assertThat(TicketComment.of(inReview("https://example.com/> @all"), URL))
        .doesNotContain("@all");
    assertThat(TicketComment.of(inReview("javascript:alert(1)"), URL)).doesNotContain("alert");
  }

  @Test
  void looking_after_a_review_is_no_news() {
    var waits = inReview(null);
    var looks =
        new WorkItemState.Running(
            waits.dossier(), Stage.RELEASE, new Lease(Stage.RELEASE, 9, "node", Instant.EPOCH));

    assertThat(TicketComment.of(looks, URL)).isEqualTo(TicketComment.of(waits, URL));
  }

  @Test
  void long_words_are_cut() {
    var item = waiting(context(), WaitingOn.APPROVAL, "x".repeat(100_000));

    assertThat(TicketComment.of(item, URL).length()).isLessThan(3_000);
  }

  private static WorkItemState.Waiting inReview(@Nullable String url) {
    var ref = new ArtifactRef("0".repeat(64), 1, "text/plain");
    var change =
        new Change(
            new Change.Revision("millwright/board-1", "a".repeat(40), "b".repeat(40)),
            new Change.Size(1, 2, 3),
            "codex",
            "done",
            ref,
            ref);
    var proposal = new Proposal("github", "7", url, "b".repeat(40), null, "");
    var context = context().with(Stage.CODEGEN, change).with(Stage.RELEASE, proposal);
    return new WorkItemState.Waiting(dossier(context), Stage.RELEASE, WaitingOn.REVIEW, "", null);
  }

  private static WorkItemState.Waiting waiting(Context context, WaitingOn on, String reason) {
    return new WorkItemState.Waiting(dossier(context), Stage.TRIAGE, on, reason, null);
  }

  private static Dossier dossier(Context context) {
    return new Dossier(
        new ItemId("board-1"), context, Counters.ZERO, 1, Usage.NONE, Map.of(), Instant.EPOCH);
  }

  private static Context context() {
    return Context.of(
        new Signal(
            new SignalKey("board:1"),
            "board:backlog",
            new Author("ada", Author.Trust.MEMBER),
            new Request("Do it", "", null, List.of(), 0, null, null),
            Map.of(),
            null));
  }
}
