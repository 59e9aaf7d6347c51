package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemState.Known;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists and histories, read from the database.
public record JournalViews(Database database) implements ItemLists {
  private static final int MOST_ROWS = 500;

  @Override
  public Page list(Query query) {
    var limit = Math.clamp(query.limit(), 1, MOST_ROWS);
    var where = new ArrayList<String>();
    var values = new ArrayList<Object>();
    equal(where, values, "stage", query.stage());
    equal(where, values, "status", query.status());
    equal(where, values, "repo", query.repo());
    contains(where, values, "labels", query.label() == null ? null : "|" + query.label() + "|");
    if (query.text() != null) {
      for (var word : query.text().toLowerCase(Locale.ROOT).split("\\s+")) {
        contains(where, values, "words", word);
      }
    }
    if (query.cursor() != null) {
      var cursor = Cursor.parse(query.cursor());
      where.add("(received_at < ? OR (received_at = ? AND id < ?))");
      values.addAll(List.of(cursor.receivedAt(), cursor.receivedAt(), cursor.id()));
    }
    var filter = where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
    var rows = ask(connection -> ItemTable.select(connection, filter, values, limit + 1));
    return rows.size() <= limit
        ? new Page(rows, null)
        : new Page(rows.subList(0, limit), Cursor.after(rows.get(limit - 1)).text());
  }

  @Override
  public List<HistoryEntry> history(String item) {
    return ask(connection -> JournalRows.of(connection, item, 0)).stream()
        .map(row -> {
          var entry = row.entry();
          return new HistoryEntry(
              row.sequence(), entry.name(), entry.event(), Entry.hex(entry.hash()));
        })
        .toList();
  }

  /// One item as the lists have it; blocks.
  public Optional<Known> known(ItemId id) {
    var rows = ask(connection -> ItemTable.load(connection, List.of(id.value())));
    return Optional.ofNullable(rows.get(id.value())).map(ItemRow::item);
  }

  /// Items whose waiting time is over; blocks.
  public List<ItemId> due(Instant now, int limit) {
    return ask(connection -> ItemTable.due(connection, now, limit));
  }

  /// The next ids, after one, of items that the line has to know about; blocks.
  public List<ItemId> unfinished(String afterId, int limit) {
    return ask(connection -> ItemTable.unfinished(connection, afterId, limit));
  }

  /// These items as lists show them, by their ids; what the lists do not know yet is left out.
  /// Blocks.
  public Map<ItemId, ItemRow> rows(Collection<ItemId> ids) {
    var rows = new HashMap<ItemId, ItemRow>();
    var left = ids.stream().map(ItemId::value).distinct().toList();
    for (var at = 0; at < left.size(); at += MOST_ROWS) {
      var some = left.subList(at, Math.min(left.size(), at + MOST_ROWS));
      ask(connection -> ItemTable.load(connection, some))
          .forEach((id, row) -> rows.put(new ItemId(id), row));
    }
    return rows;
  }

  private static void equal(
      List<String> where, List<Object> values, String column, @Nullable String value) {
    if (value != null) {
      where.add(column + " = ?");
      values.add(value);
    }
  }

  private static void contains(
      List<String> where, List<Object> values, String column, @Nullable String value) {
    if (value != null) {
      where.add(column + " LIKE ? ESCAPE '!'");
      values.add("%" + value.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
    }
  }

  /// Where the next page starts, opaque to clients.
  private record Cursor(long receivedAt, String id) {
    static Cursor after(ItemRow last) {
      var dossier = last.item().dossier();
      return new Cursor(dossier.receivedAt().toEpochMilli(), dossier.id().value());
    }

    static Cursor parse(String text) {
      try {
        var parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
        return new Cursor(Long.parseLong(parts[0]), parts[1]);
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "cursor is not one this factory gave out; start again without it", e);
      }
    }

    String text() {
      var bytes = (receivedAt + " " + id).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
  }

  /// One question to the database.
  @FunctionalInterface
  private interface Question<T> {
    T in(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (var connection = database.connect()) {
      return question.in(connection);
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }
}
