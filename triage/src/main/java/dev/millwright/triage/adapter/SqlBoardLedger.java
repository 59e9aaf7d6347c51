package dev.millwright.triage.adapter;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.DatabaseAway;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.port.BoardLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The ledger in the factory's own database, a row for each ticket. What agents ask for is written
/// while a poller works with what it read before, so it has a column that only its own word
/// changes.
public record SqlBoardLedger(Database database) implements BoardLedger {
  private static final String[] COLUMNS = {
    "board",
    "ticket",
    "identifier",
    "signal_key",
    "item",
    "since",
    "hold",
    "seen_state",
    "seen_whole",
    "seen_words",
    "said",
    "moved_to",
    "linked",
    "heard_at",
    "heard",
  };

  @Override
  public List<Claim> claims(String board) {
    return ask(
        "SELECT " + String.join(", ", COLUMNS) + ", asked FROM board_claim WHERE board = ?",
        query -> {
          query.setString(1, board);
          var claims = new ArrayList<Claim>();
          for (var found = query.executeQuery(); found.next(); ) {
            claims.add(claim(found));
          }
          return claims;
        });
  }

  @Override
  public void save(Claim claim) {
    var _ =
        ask(
            database.dialect().upsert("board_claim", 2, COLUMNS),
            statement -> {
              bind(statement, claim);
              return statement.executeUpdate();
            });
  }

  @Override
  public void asked(String board, String ticket, String state) {
    var _ =
        ask(
            "UPDATE board_claim SET asked = ? WHERE board = ? AND ticket = ?",
            statement -> {
              statement.setString(1, state);
              statement.setString(2, board);
              statement.setString(3, ticket);
              return statement.executeUpdate();
            });
  }

  @Override
  public void forget(Claim.Ticket ticket) {
    var _ =
        ask(
            "DELETE FROM board_claim WHERE board = ? AND ticket = ?",
            statement -> {
              statement.setString(1, ticket.board());
              statement.setString(2, ticket.id());
              return statement.executeUpdate();
            });
  }

  private static void bind(PreparedStatement statement, Claim claim) throws SQLException {
    statement.setString(1, claim.ticket().board());
    statement.setString(2, claim.ticket().id());
    statement.setString(3, claim.ticket().identifier());
    statement.setString(4, claim.key().value());
    statement.setString(5, claim.item().value());
    statement.setLong(6, claim.since().toEpochMilli());
    statement.setString(7, claim.hold().name());
    statement.setString(8, claim.seen().state());
    statement.setString(9, claim.seen().whole());
    statement.setString(10, claim.seen().words());
    statement.setString(11, claim.written().comment());
    statement.setString(12, claim.written().state());
    statement.setString(13, claim.written().links());
    statement.setLong(14, claim.heard().asOf().toEpochMilli());
    statement.setString(15, claim.heard().mark());
  }

  private static Claim claim(ResultSet found) throws SQLException {
    return new Claim(
        new Claim.Ticket(
            found.getString("board"), found.getString("ticket"), found.getString("identifier")),
        new SignalKey(found.getString("signal_key")),
        new ItemId(found.getString("item")),
        Instant.ofEpochMilli(found.getLong("since")),
        Claim.Hold.valueOf(found.getString("hold")),
        new Claim.Seen(
            found.getString("seen_state"),
            found.getString("seen_whole"),
            found.getString("seen_words")),
        new Claim.Heard(Instant.ofEpochMilli(found.getLong("heard_at")), found.getString("heard")),
        new Claim.Written(
            found.getString("said"),
            found.getString("moved_to"),
            found.getString("linked"),
            found.getString("asked")));
  }

  /// What is done with one statement.
  @FunctionalInterface
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private <T> T ask(String sql, Use<T> use) {
    try (Connection connection = database.connect();
        var statement = connection.prepareStatement(sql)) {
      return use.of(statement);
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }
}
