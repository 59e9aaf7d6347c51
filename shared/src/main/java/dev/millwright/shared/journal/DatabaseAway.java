package dev.millwright.shared.journal;

/// The database does not answer at the moment; whatever was asked may be asked again.
public final class DatabaseAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseAway(Exception cause) {
    super("the database does not answer: " + cause.getMessage(), cause);
  }
}
