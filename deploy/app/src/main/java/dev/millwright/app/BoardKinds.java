package dev.millwright.app;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.triage.adapter.board.BoardMaker;
import dev.millwright.triage.adapter.folder.FolderBoard;
import dev.millwright.triage.port.MadeBoard;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes boards of every kind there is. Those on a branch stand on a repository, which is told
/// elsewhere than their own settings.
///
/// @param live the settings as they are now
record BoardKinds(Supplier<FactorySettings> live, BoardMaker trackers, Mirrors mirrors, Clock clock)
    implements OpenBoards.Opening {
  /// What a board on a branch needs of its repository. Whatever else changes there is no reason to
  /// read all tickets anew.
  private record Ground(String url, String base) {}

  @Override
  public MadeBoard make(BoardSettings board) {
    return board.kind().equals(FolderBoard.KIND)
        ? repository(board)
            .map(repo ->
                FolderBoard.make(
                    board, mirrors.mirror(repo.name(), repo.url()), repo.base(), clock))
            .orElseGet(() -> FolderBoard.make(board))
        : trackers.make(board);
  }

  @Override
  public Object ground(BoardSettings board) {
    return repository(board).map(repo -> new Ground(repo.url(), repo.base()));
  }

  /// The one whose branch holds the tickets.
  private Optional<RepoSettings> repository(BoardSettings board) {
    return Optional.ofNullable(board.repo())
        .filter(_ -> FolderBoard.isOnBranch(board))
        .map(live.get().repos()::get);
  }
}
