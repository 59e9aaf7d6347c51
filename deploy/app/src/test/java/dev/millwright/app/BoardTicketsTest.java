package dev.millwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.port.Tickets;
import dev.millwright.codegen.port.Tickets.Answer;
import dev.millwright.codegen.port.Tickets.Standing;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.triage.adapter.ScriptedBoard;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardLedger;
import dev.millwright.triage.port.BoardSource;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTicketsTest {
  private static final BoardSettings SETTINGS =
      new BoardSettings(
          "backlog",
          "scripted",
          "orders",
          Map.of(),
          new BoardSettings.Selection(List.of(), List.of(), List.of("agent")),
          new BoardSettings.Pace(Duration.ofMinutes(1), 1, Map.of()),
          new BoardSettings.WriteBack(true, "In Progress", "In Review", "Done"));

  private final ScriptedBoard board =
      new ScriptedBoard("backlog", List.of("Todo", "In Progress"), List.of("Done", "Closed"));
  private final Map<String, String> asked = new HashMap<>();
  private final Tickets tickets = new BoardTickets(source(), ledger());

  private BoardLedger ledger() {
    return new BoardLedger() {
      @Override
      public List<Claim> claims(String name) {
        return List.of();
      }

      @Override
      public void save(Claim claim) {}

      // Before the board knows.
      @Override
      public void asked(String name, String ticket, String state) {
        assertThat(board.issue(ticket).state()).isNotEqualTo(state);
        asked.put(name + "/" + ticket, state);
      }

      @Override
      public void forget(Claim.Ticket ticket) {}
    };
  }

  private BoardSource source() {
    return new BoardSource() {
      @Override
      public IntakeSettings settings() {
        return new IntakeSettings(Map.of("backlog", SETTINGS));
      }

      @Override
      public Opened open(String name) {
        return name.equals("backlog") ? new Opened.Ready(SETTINGS, board) : new Opened.Unknown();
      }
    };
  }

  @Test
  void only_a_signal_that_a_board_made_leads_to_a_ticket() {
    board.put(issue("Todo", "agent"));

    assertThat(tickets.of(signal("board:backlog", "backlog"))).isPresent();
    assertThat(tickets.of(signal("http", "backlog"))).isEmpty();
    assertThat(tickets.of(signal("board:other", "backlog"))).isEmpty();
    assertThat(tickets.of(signal("board:gone", "gone"))).isEmpty();
  }

  @Test
  void an_agent_may_move_it_where_the_factory_would_and_it_is_still_work() {
    assertThat(ticket().states()).containsExactly("In Progress");
  }

  @Test
  void it_is_read_moved_and_linked_on_its_board() {
    board.put(issue("Todo", "agent"));

    assertThat(ticket().read())
        .isEqualTo(new Answer.Done("ABC-12: Say two\nState: Todo\nLabels: agent\n\nPlease."));
    assertThat(ticket().move("In Progress")).isInstanceOf(Answer.Done.class);
    assertThat(board.issue("7").state()).isEqualTo("In Progress");
    assertThat(asked).containsExactly(Map.entry("backlog/7", "In Progress"));
    assertThat(ticket().link("The report", URI.create("https://example.com/r")))
        .isInstanceOf(Answer.Done.class);
    assertThat(board.asked()).contains("link 7 https://example.com/r");
  }

  @Test
  void it_stands_as_its_board_says_and_what_the_factory_moved_is_still_work() {
    for (var state : List.of("Todo", "In Review", "Done")) {
      board.put(issue(state, "agent"));
      assertThat(ticket().standing()).as(state).isEqualTo(new Standing.Active());
    }
    board.put(issue("Closed", "agent"));
    assertThat(ticket().standing()).isInstanceOf(Standing.Over.class);
    board.put(issue("Todo", "other"));
    assertThat(ticket().standing()).isInstanceOf(Standing.Over.class);
    board.remove("7");
    assertThat(ticket().standing()).isInstanceOf(Standing.Over.class);
  }

  @Test
  void a_board_that_does_not_answer_is_a_reason() {
    var fault = new Board.Fault(Board.Fault.Category.REQUEST, "down", "nobody answers", null);
    board.fail("withIds", fault);

    assertThat(ticket().read()).isEqualTo(new Answer.Failed("nobody answers"));
    assertThat(ticket().standing()).isEqualTo(new Standing.Unknown("nobody answers"));
  }

  private Tickets.Ticket ticket() {
    return tickets.of(signal("board:backlog", "backlog")).orElseThrow();
  }

  private static Signal signal(String source, String board) {
    return new Signal(
        new SignalKey("scripted:ABC-12"),
        source,
        new Author("kim", Author.Trust.MEMBER),
        new Request("Say two", "", null, List.of(), 2, "orders", null),
        Map.of("board", board, "ticket", "7"),
        null);
  }

  private static Issue issue(String state, String label) {
    return new Issue(
        new Issue.Ref("7", "ABC-12", null, Map.of()),
        new Issue.Words("Say two", "Please.", List.of(label), null),
        state,
        2,
        new Issue.Standing(true, List.of(), null, new Author("kim", Author.Trust.MEMBER)),
        new Issue.Times(null, null));
  }
}
