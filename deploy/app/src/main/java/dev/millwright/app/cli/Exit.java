package dev.millwright.app.cli;

/// The exit codes, which scripts rely on.
public final class Exit {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USED_WRONGLY = 2;
  public static final int NO_FACTORY = 3;
  public static final int NOT_ALLOWED = 4;

  private Exit() {}
}
