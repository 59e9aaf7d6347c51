package dev.millwright.shared.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millwright.shared.journal.JournalRows.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/// Verifies and exports the journal from its rows alone, a few thousand at a time.
public record JournalAudit(Database database) implements AuditTrail {
  private static final int ROWS = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Report verify(LongConsumer progress) {
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
        sequence = row.sequence();
        events++;
      }
      progress.accept(events);
    }
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
  public void close() {
    database.close();
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
    var json = JsonNodeFactory.instance.objectNode();
    json.put("item", row.item());
    json.put("seq", row.sequence());
    json.put("name", entry.name());
    json.put("previous", Entry.hex(entry.previous()));
    json.put("hash", Entry.hex(entry.hash()));
    json.set("event", JSON.readTree(Codec.json(entry.event())));
    return json + "\n";
  }

  private List<Row> after(String item) {
    try (var connection = database.connect()) {
      return JournalRows.nextItems(connection, item, ROWS);
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }
}
