package dev.millwright.shared.signal;

/// Who caused a signal, and how far that person may start work without anybody's approval.
public record Author(String name, Trust trust) {
  /// How well the factory knows an author; read from the provider's word, never from the text.
  public enum Trust {
    /// Runs this factory: the command line on the same machine, or an operator's token.
    OPERATOR,
    /// May write to the repository.
    MEMBER,
    /// A machine the operator configured: a watcher, a schedule, a monitor.
    MACHINE,
    /// Anybody else.
    OUTSIDER
  }

  public boolean mayStartWork() {
    return trust != Trust.OUTSIDER;
  }
}
