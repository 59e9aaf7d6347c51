package dev.millwright.shared.journal;

import java.io.IOException;
import java.sql.SQLException;

/// Why a factory cannot start on its database, in words for whoever can mend it; no password is
/// among them.
public final class DatabaseUnusable extends IOException {
  private static final long serialVersionUID = 1L;
  private final String fix;

  private DatabaseUnusable(String what, String fix, SQLException cause) {
    super(what, cause);
    this.fix = fix;
  }

  static DatabaseUnusable of(String url, String user, SQLException failure) {
    var where = url.replaceFirst("[?;].*", "");
    var state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08", "57" ->
          new DatabaseUnusable(
              "The database at " + where + " does not answer.",
              "Start it, or correct the address in storage.url.",
              failure);
      case "28" ->
          new DatabaseUnusable(
              "The database at " + where + " does not let '" + user + "' in.",
              "Correct storage.user and storage.password.",
              failure);
      case "3D" ->
          new DatabaseUnusable(
              "There is no database at " + where + ", though its server answers.",
              "Create it with createdb, or correct the name in storage.url.",
              failure);
      case "42" ->
          new DatabaseUnusable(
              "'" + user + "' may not set up the tables in " + where + ": " + said(failure),
              "Make that user the owner of the database, or give it all rights on its schema.",
              failure);
      case "90" ->
          new DatabaseUnusable(
              "The embedded database at " + where + " cannot be opened: " + said(failure),
              "Stop whatever else has it open, such as a running factory.",
              failure);
      default ->
          new DatabaseUnusable(
              "The database at " + where + " cannot be used: " + said(failure),
              "`millwright doctor` looks at what a factory needs.",
              failure);
    };
  }

  /// What the operator can do about it.
  public String fix() {
    return fix;
  }

  private static String said(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
