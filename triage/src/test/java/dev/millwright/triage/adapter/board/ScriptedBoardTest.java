package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.triage.adapter.ScriptedBoard;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScriptedBoardTest extends BoardContract {
  @Override
  BoardWorld open() {
    return new Script();
  }

  @Test
  void it_fails_as_long_as_it_is_told_to() {
    var board = (ScriptedBoard) board();
    var down = new Fault(Fault.Category.REQUEST, "scripted_down", "nobody there", null);

    board.fail("inStates", down);
    var during = board.inStates(List.of("Todo"));
    board.fail("inStates", null);

    assertThat(fault(during)).isEqualTo(down);
    assertThat(got(board.inStates(List.of("Todo")))).isEmpty();
    assertThat(board.asked()).hasSize(2);
  }

  /// Nothing behind it.
  private static final class Script implements BoardWorld {
    private final ScriptedBoard board =
        new ScriptedBoard("backlog", List.of("Todo", "In Progress"), List.of("Done"));
    private Instant now = Instant.parse("2026-01-05T08:00:00Z");
    private int written;

    @Override
    public Board board() {
      return board;
    }

    @Override
    public String todo() {
      return "Todo";
    }

    @Override
    public String doing() {
      return "In Progress";
    }

    @Override
    public String done() {
      return "Done";
    }

    @Override
    public String ticket(String title, String state) {
      var id = Integer.toString(++written);
      board.put(issue(id, title, state));
      return id;
    }

    @Override
    public void rename(String id, String title) {
      board.put(issue(id, title, stateOf(id)));
    }

    @Override
    public void hide(String id) {
      board.remove(id);
    }

    @Override
    public void say(String id, String text) {
      now = now.plusSeconds(1);
      board.say(id, new Author("ada", Author.Trust.MEMBER), text, now);
    }

    @Override
    public String stateOf(String id) {
      return board.issue(id).state();
    }

    @Override
    public List<String> commentsOn(String id) {
      return List.copyOf(board.comments(id).values());
    }

    @Override
    public List<String> linksOn(String id) {
      return board.links(id).stream().map(URI::toString).toList();
    }

    @Override
    public void close() {}

    private static Issue issue(String id, String title, String state) {
      var at = Instant.parse("2026-01-05T08:00:00Z");
      return new Issue(
          new Issue.Ref(id, "S-" + id, null, Map.of()),
          new Issue.Words(title, "", List.of(), null),
          state,
          0,
          new Issue.Standing(true, List.of(), null, new Author("ada", Author.Trust.MEMBER)),
          new Issue.Times(at, at));
    }
  }
}
