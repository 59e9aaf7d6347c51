package dev.millwright.triage.adapter.board;

import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Remark;
import dev.millwright.triage.port.Board.Remarks;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far the comments of a ticket were heard: the provider's own time of the newest, never ours,
/// and which ones were said at that very moment.
///
/// @param ids none, where everything of that moment was there before anybody listened
record Talk(Instant at, List<String> ids) {
  private static final int MOST_IDS = 20;

  Talk {
    ids = List.copyOf(ids);
  }

  /// Reads what was said on a ticket since a mark.
  @FunctionalInterface
  interface Source {
    /// Everything since a time, perhaps more; ours and machines' left out.
    List<Remark> since(Instant at) throws BoardException;
  }

  /// As a board gives it.
  static Remarks hear(Issue ticket, @Nullable String mark, Source source) throws BoardException {
    if (mark == null) {
      return new Remarks(List.of(), until(ticket).toString());
    }
    var talk = parse(mark);
    var news =
        source.since(talk.at()).stream()
            .filter(talk::isNew)
            .sorted(Comparator.comparing(Remark::at))
            .toList();
    return new Remarks(news, talk.after(news).toString());
  }

  /// All there was when a ticket was read.
  private static Talk until(Issue ticket) {
    var times = ticket.times();
    var last = times.updatedAt() == null ? times.createdAt() : times.updatedAt();
    return new Talk(last == null ? Instant.EPOCH : last, List.of());
  }

  private static Talk parse(String mark) {
    var words = List.of(mark.split(" "));
    try {
      return new Talk(Instant.parse(words.getFirst()), words.subList(1, words.size()));
    } catch (DateTimeException _) {
      return new Talk(Instant.EPOCH, List.of());
    }
  }

  private boolean isNew(Remark remark) {
    return remark.at().isAfter(at)
        || (remark.at().equals(at) && !ids.isEmpty() && !ids.contains(remark.id()));
  }

  private Talk after(List<Remark> news) {
    if (news.isEmpty()) {
      return this;
    }
    var last = news.getLast().at();
    var earlier = last.equals(at) ? ids.stream() : Stream.<String>empty();
    var said = news.stream().filter(it -> it.at().equals(last)).map(Remark::id);
    return new Talk(last, Stream.concat(earlier, said).limit(MOST_IDS).toList());
  }

  @Override
  public String toString() {
    return ids.isEmpty() ? at.toString() : at + " " + String.join(" ", ids);
  }
}
