package dev.millwright.triage.port;

import java.util.List;

/// What came of making a board from its settings.
public sealed interface MadeBoard {
  /// It can be asked; nobody has asked it yet.
  record Ready(Board board) implements MadeBoard {}

  /// It cannot be asked before somebody changes the settings or the environment.
  ///
  /// @param wrong everything that is, at least one thing
  record Unusable(List<Wrong> wrong) implements MadeBoard {
    public Unusable {
      wrong = List.copyOf(wrong);
      if (wrong.isEmpty()) {
        throw new IllegalArgumentException("a board that is unusable needs a reason");
      }
    }

    /// The first of what is wrong, as the board would have answered.
    public Board.Fault fault() {
      var first = wrong.getFirst();
      return new Board.Fault(first.category(), first.code(), first.toString(), null);
    }
  }

  /// One value that cannot be used.
  ///
  /// @param category `CONFIG`, or `SECRET` for a secret that is missing
  /// @param code such as `missing_linear_api_token`
  /// @param key below the board's own settings, such as `provider.api_key`
  /// @param what what is wrong, with the value unless it is a secret
  /// @param fix what to do about it
  record Wrong(Board.Fault.Category category, String code, String key, String what, String fix) {
    /// `provider.repo: 'orders' is not owner/name; write acme/orders`.
    @Override
    public String toString() {
      return key + ": " + what + "; " + fix;
    }
  }
}
