package dev.millwright.triage.adapter.board;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.triage.port.Board;
import java.util.List;

/// A provider with one board of ours on it, seen from both sides.
interface BoardWorld extends AutoCloseable {
  Board board();

  /// Two states that are work, and one that is over.
  String todo();

  String doing();

  String done();

  /// Writes a ticket, later than all before; gives back its id.
  String ticket(String title, String state);

  /// Somebody changes a ticket, now.
  void rename(String id, String title);

  /// From now on nobody sees it.
  void hide(String id);

  /// Somebody of the team says something on a ticket, now.
  void say(String id, String text);

  String stateOf(String id);

  /// What people read in our comments, oldest first.
  List<String> commentsOn(String id);

  /// The addresses that people find on a ticket, in order.
  List<String> linksOn(String id);

  @Override
  void close();

  /// One that is reached over the network.
  interface Remote extends BoardWorld {
    FakeTracker server();

    /// What leads to it: its kind, what the provider needs, and its states.
    BoardSettings settings();

    /// The same board through another network.
    Board board(BoardNetwork network);

    /// Our comments are gone, and a stranger wrote the same ones.
    void copiedByAStranger(String id);

    /// Somebody else says something.
    void somebodySays(String id, String text);

    /// The same by somebody who is not of the team.
    void sayAsOutsider(String id, String text);

    /// What nobody may read.
    String secret();

    /// How many tickets are on one page of a list.
    int perPage();
  }
}
