package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The rows that lists are read from.
final class ItemTable {
  private static final String COLUMNS = "SELECT body, seq, head FROM item_view";
  private static final int MOST_WORDS = 1000;
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private ItemTable() {}

  static void save(Connection connection, Dialect dialect, Collection<ItemRow> rows)
      throws SQLException {
    var sql =
        dialect.upsert(
            "item_view",
            1,
            "id",
            "seq",
            "status",
            "stage",
            "repo",
            "words",
            "labels",
            "received_at",
            "updated_at",
            "due_at",
            "body",
            "head");
    try (var statement = connection.prepareStatement(sql)) {
      for (var row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static Map<String, ItemRow> load(Connection connection, Collection<String> ids)
      throws SQLException {
    var found = new HashMap<String, ItemRow>();
    if (ids.isEmpty()) {
      return found;
    }
    var marks = "?" + ", ?".repeat(ids.size() - 1);
    try (var query = connection.prepareStatement(COLUMNS + " WHERE id IN (" + marks + ")")) {
      var at = 1;
      for (var id : ids) {
        query.setString(at++, id);
      }
      read(query.executeQuery()).forEach(row -> found.put(row.item().dossier().id().value(), row));
    }
    return found;
  }

  static List<ItemRow> select(Connection connection, String where, List<Object> values, int limit)
      throws SQLException {
    try (var query =
        connection.prepareStatement(
            COLUMNS + where + " ORDER BY received_at DESC, id DESC LIMIT ?")) {
      for (var at = 0; at < values.size(); at++) {
        query.setObject(
            at + 1, values.get(at) instanceof String text ? storable(text) : values.get(at));
      }
      query.setInt(values.size() + 1, limit);
      return read(query.executeQuery());
    }
  }

  /// The ids of items that the line has to know about, in the order of their ids.
  static List<ItemId> unfinished(Connection connection, String afterId, int limit)
      throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT id FROM item_view WHERE id > ? AND status IN ('queued', 'running')"
                + " ORDER BY id LIMIT ?")) {
      query.setString(1, afterId);
      query.setInt(2, limit);
      return ids(query.executeQuery());
    }
  }

  /// The ids of items whose waiting time is over.
  static List<ItemId> due(Connection connection, Instant now, int limit) throws SQLException {
    try (var query =
        connection.prepareStatement("SELECT id FROM item_view WHERE due_at <= ? LIMIT ?")) {
      query.setLong(1, now.toEpochMilli());
      query.setInt(2, limit);
      return ids(query.executeQuery());
    }
  }

  /// The newest event of every item that the views know.
  static Heads heads(Connection connection) throws SQLException {
    var heads = new HashMap<String, Heads.Head>();
    try (var query =
        connection.prepareStatement("SELECT id, seq, head FROM item_view WHERE head IS NOT NULL")) {
      for (var found = query.executeQuery(); found.next(); ) {
        heads.put(found.getString(1), new Heads.Head(found.getLong(2), found.getString(3)));
      }
    }
    return new Heads(heads);
  }

  private static List<ItemId> ids(ResultSet found) throws SQLException {
    var ids = new ArrayList<ItemId>();
    while (found.next()) {
      ids.add(new ItemId(found.getString(1)));
    }
    return ids;
  }

  static String status(Known item) {
    return switch (item) {
      case Queued _ -> "queued";
      case Running _ -> "running";
      case Waiting _ -> "waiting";
      case Finished _ -> "finished";
    };
  }

  static String repo(Known item) {
    var context = item.dossier().context();
    var asked = context.signal().request().repo();
    return context
        .contract()
        .map(contract -> contract.route().repo())
        .orElse(asked == null ? "" : asked);
  }

  private static void bind(PreparedStatement statement, ItemRow row) throws SQLException {
    var item = row.item();
    var dossier = item.dossier();
    var request = dossier.context().signal().request();
    var words = (dossier.id() + " " + request.title()).toLowerCase(Locale.ROOT);
    statement.setString(1, dossier.id().value());
    statement.setLong(2, row.sequence());
    statement.setString(3, status(item));
    statement.setString(4, item.stage().wire());
    statement.setString(5, cut(repo(item), 255));
    statement.setString(6, cut(words, MOST_WORDS));
    statement.setString(7, cut("|" + String.join("|", request.labels()) + "|", 2000));
    statement.setLong(8, dossier.receivedAt().toEpochMilli());
    statement.setLong(9, row.updatedAt().toEpochMilli());
    if (item instanceof Waiting(_, _, _, _, var until) && until != null) {
      statement.setLong(10, until.toEpochMilli());
    } else {
      statement.setNull(10, Types.BIGINT);
    }
    statement.setBytes(11, Codec.encode(new Codec.Body(item, row.progress(), row.updatedAt())));
    statement.setString(12, row.head());
  }

  private static List<ItemRow> read(ResultSet found) throws SQLException {
    var rows = new ArrayList<ItemRow>();
    while (found.next()) {
      var body = Codec.decodeBody(found.getBytes(1));
      rows.add(
          new ItemRow(
              body.state(),
              body.progress(),
              body.updatedAt(),
              found.getLong(2),
              found.getString(3)));
    }
    return rows;
  }

  private static String cut(String text, int most) {
    return storable(text.length() <= most ? text : text.substring(0, most));
  }

  /// Words from outside as every database takes them: PostgreSQL refuses zeros, and both refuse
  /// half a character.
  private static String storable(String text) {
    return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
  }
}
