package dev.millwright.triage.adapter.board;

import dev.millwright.shared.http.Json;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.triage.port.Board;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A tracker on loopback with one board, for tests of whole factories: what people see and do
/// there, and the settings that lead to it.
public final class Tracker implements AutoCloseable {
  private final BoardWorld.Remote world;

  private Tracker(BoardWorld.Remote world) {
    this.world = world;
  }

  /// The providers there are.
  public enum Provider {
    LINEAR,
    GITHUB,
    GITLAB,
    JIRA,
    ASANA;

    /// A server that speaks as this one does, with an empty board.
    public Tracker open() {
      var clock = new Networks.Hands(InstantSource.system());
      return new Tracker(
          switch (this) {
            case LINEAR -> new LinearBoardTest.LinearWorld();
            case GITHUB -> new GithubBoardTest.GithubWorld();
            case GITLAB -> new GitlabBoardTest.GitlabWorld(clock);
            case JIRA -> new JiraBoardTest.JiraWorld(clock);
            case ASANA -> new AsanaBoardTest.AsanaWorld(clock);
          });
    }

    public String kind() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What stands between the braces of an entry of `boards`, apart from its name and repository.
  public String settings() {
    var settings = world.settings();
    return "kind: %s, provider: %s, active_states: %s, terminal_states: %s"
        .formatted(
            settings.kind(),
            Json.text(settings.provider()),
            Json.text(List.of(world.todo(), world.doing())),
            Json.text(List.of(world.done())));
  }

  /// The board as a factory opens it.
  public Board board() {
    return world.board();
  }

  /// The settings that lead to it, under a name and with so many places.
  public BoardSettings settings(String name, int most) {
    var settings = world.settings();
    return new BoardSettings(
        name,
        settings.kind(),
        settings.repo(),
        settings.provider(),
        settings.selection(),
        new BoardSettings.Pace(settings.pace().every(), most, Map.of()),
        settings.writeBack());
  }

  /// The state of work that has begun.
  public String doing() {
    return world.doing();
  }

  /// Writes a ticket that is to be done; gives back its id.
  public String ticket(String title) {
    return world.ticket(title, world.todo());
  }

  /// Writes a ticket that is over.
  public String over(String title) {
    return world.ticket(title, world.done());
  }

  public void rename(String id, String title) {
    world.rename(id, title);
  }

  public String stateOf(String id) {
    return world.stateOf(id);
  }

  public List<String> commentsOn(String id) {
    return world.commentsOn(id);
  }

  /// How often it was asked something since this was asked last.
  public int asked() {
    var count = world.server().asked().size();
    world.server().forget();
    return count;
  }

  /// Whether it answers everything with 500 from now on.
  public void down(boolean now) {
    world.server().down(now);
  }

  /// Fails where it was asked what its provider would not understand.
  @Override
  public void close() {
    world.close();
  }
}
