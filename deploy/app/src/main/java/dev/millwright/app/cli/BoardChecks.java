package dev.millwright.app.cli;

import dev.millwright.app.cli.DoctorCommand.Finding;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.Problem.Severity;
import dev.millwright.triage.adapter.board.BoardMaker;
import dev.millwright.triage.adapter.board.BoardNetwork;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Answer;
import dev.millwright.triage.port.Board.Fault;
import dev.millwright.triage.port.MadeBoard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks whether the boards of the settings can be worked with.
final class BoardChecks {
  private static final BoardNetwork.Limits IMPATIENT =
      new BoardNetwork.Limits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          BoardNetwork.Limits.USUAL.mostBytes(),
          BoardNetwork.Limits.USUAL.pauseOfRepeat(),
          BoardNetwork.Limits.USUAL.failuresToOpen(),
          BoardNetwork.Limits.USUAL.pauseOfCircuit());

  private BoardChecks() {}

  /// What can be said without asking anybody.
  static List<Problem> problems(FactorySettings settings, Context context) {
    var problems = new ArrayList<Problem>();
    try (var network = new BoardNetwork(IMPATIENT, InstantSource.system())) {
      var maker = new BoardMaker(network, context.environment());
      for (var board : trackers(settings)) {
        if (maker.make(board) instanceof MadeBoard.Unusable(var wrong)) {
          wrong.forEach(it -> {
            var place = "board " + board.name();
            var what = it.what() + " (" + it.code() + ")";
            problems.add(new Problem(Severity.ERROR, place, 0, it.key(), what, it.fix()));
          });
        }
      }
    }
    return problems;
  }

  /// What comes of asking each of them.
  static List<Finding> findings(FactorySettings settings, Map<String, String> environment) {
    var findings = new ArrayList<Finding>();
    try (var network = new BoardNetwork(IMPATIENT, InstantSource.system())) {
      var maker = new BoardMaker(network, environment);
      for (var board : trackers(settings)) {
        var name = "board " + board.name();
        switch (maker.make(board)) {
          case MadeBoard.Ready(var ready) -> findings.add(asked(name, board, ready));
          case MadeBoard.Unusable(var wrong) ->
              wrong.forEach(
                  it -> findings.add(new Finding(name, it.key() + ": " + it.what(), it.fix())));
        }
      }
    }
    return findings;
  }

  private static Finding asked(String name, BoardSettings settings, Board board) {
    return switch (board.unknownStates()) {
      case Answer.Failed<List<String>>(var fault) ->
          new Finding(name, fault.reason(), fix(fault, settings));
      case Answer.Got<List<String>>(var unknown) when unknown.isEmpty() ->
          new Finding(name, settings.kind() + " answers and lets us in", "");
      case Answer.Got<List<String>>(var unknown) ->
          new Finding(
              name,
              "there is no state " + String.join(", ", unknown),
              "correct active_states and terminal_states, or make that state there");
    };
  }

  private static String fix(Fault fault, BoardSettings settings) {
    return switch (fault.category()) {
      case CONFIG, SECRET -> "correct it in the settings of the board";
      case REQUEST -> "check the address and the way to it";
      case STATUS ->
          "check the token, what it may do, and the name of the project; docs/boards.md says what"
              + " this kind needs";
      case RESPONSE, PAGINATION -> "check the address: what answers there is no " + settings.kind();
      case RATE_LIMITED -> "wait, or look less often with every";
    };
  }

  /// Boards in a folder of this machine ask nobody.
  private static List<BoardSettings> trackers(FactorySettings settings) {
    return settings.intake().boards().values().stream()
        .filter(it -> !it.kind().equals("folder"))
        .toList();
  }
}
