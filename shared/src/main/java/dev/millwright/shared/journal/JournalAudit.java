package dev.millwright.shared.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.journal.Heads.Head;
import dev.millwright.shared.journal.JournalRows.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Verifies and exports the journal from its rows alone, a few thousand at a time.
public record JournalAudit(Database database) implements AuditTrail {
  private static final int ROWS = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Report verify(Heads kept, LongConsumer progress) {
    // Read before the journal, so that a factory that runs on is never ahead of what is compared.
    var seen = new HashMap<>(recorded().byItem());
    var known = new HashMap<>(kept.byItem());
    var items = 0L;
    var events = 0L;
    var broken = new ArrayList<Break>();
    var item = "";
    var sequence = 0L;
    var hash = Entry.start();
    for (var rows = after(item); !rows.isEmpty(); rows = after(item)) {
      for (var row : rows) {
        if (!row.item().equals(item)) {
          item = row.item();
          items++;
          sequence = 0;
          hash = Entry.start();
        }
        hash = check(row, sequence, hash, broken);
        compare(row, hash, seen, "the views", broken);
        compare(row, hash, known, "the earlier export", broken);
        sequence = row.sequence();
        events++;
      }
      progress.accept(events);
    }
    missing(seen, "the views", broken);
    missing(known, "the earlier export", broken);
    return new Report(items, events, broken);
  }

  @Override
  public void export(OutputStream out) throws IOException {
    var item = "";
    for (var rows = after(item); !rows.isEmpty(); rows = after(item)) {
      for (var row : rows) {
        item = row.item();
        out.write(line(row).getBytes(StandardCharsets.UTF_8));
      }
    }
    out.flush();
  }

  @Override
  public void exportHeads(OutputStream out) throws IOException {
    var item = "";
    for (var rows = after(item); !rows.isEmpty(); rows = after(item)) {
      var heads = new LinkedHashMap<String, Row>();
      rows.forEach(row -> heads.put(row.item(), row));
      for (var head : heads.values()) {
        item = head.item();
        out.write((place(head, head.entry()) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    out.flush();
  }

  @Override
  public void close() {
    database.close();
  }

  private static void compare(
      Row row, byte[] hash, Map<String, Head> heads, String whose, List<Break> broken) {
    var head = heads.get(row.item());
    if (head != null && head.sequence() == row.sequence()) {
      heads.remove(row.item());
      if (!head.hash().equals(Entry.hex(hash))) {
        broken.add(new Break(row.item(), row.sequence(), whose + " knew another event here"));
      }
    }
  }

  private static void missing(Map<String, Head> heads, String whose, List<Break> broken) {
    heads.forEach((item, head) ->
        broken.add(
            new Break(item, head.sequence(), "it is gone from the end; " + whose + " knew it")));
  }

  private Heads recorded() {
    try (var connection = database.connect()) {
      return ItemTable.heads(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer: " + e.getMessage(), e);
    }
  }

  private static byte[] check(Row row, long sequence, byte[] hash, List<Break> broken) {
    if (row.sequence() != sequence + 1) {
      broken.add(new Break(row.item(), row.sequence(), "event " + (sequence + 1) + " is missing"));
    }
    try {
      var entry = row.entry();
      if (row.sequence() == sequence + 1 && !Arrays.equals(entry.previous(), hash)) {
        broken.add(
            new Break(
                row.item(), row.sequence(), "event " + sequence + " is not what was written"));
      }
      return entry.hash();
    } catch (RuntimeException e) {
      broken.add(new Break(row.item(), row.sequence(), "it cannot be read: " + e.getMessage()));
      return Entry.start();
    }
  }

  private static String line(Row row) throws IOException {
    var entry = row.entry();
    var json = place(row, entry);
    json.put("name", entry.name());
    json.put("previous", Entry.hex(entry.previous()));
    json.set("event", JSON.readTree(Codec.json(entry.event())));
    return json + "\n";
  }

  private static ObjectNode place(Row row, Entry entry) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("item", row.item())
        .put("seq", row.sequence())
        .put("hash", Entry.hex(entry.hash()));
  }

  private List<Row> after(String item) {
    try (var connection = database.connect()) {
      return JournalRows.nextItems(connection, item, ROWS);
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }
}
