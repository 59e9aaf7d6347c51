package dev.millwright.release.adapter;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.millwright.release.port.Forge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change of the local forge, as its file has it; the description is in the Markdown file
/// beside.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record LocalChange(
    long number,
    String item,
    String title,
    Forge.State state,
    Revision revision,
    List<Comment> comments,
    Times times) {
  LocalChange {
    comments = List.copyOf(comments);
  }

  /// What is proposed, and what it became.
  record Revision(String base, String branch, String commit, @Nullable String landed) {}

  /// Something said about the change.
  record Comment(String key, String at, String text) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Times(String openedAt, String updatedAt) {
    Times updated(String now) {
      return new Times(openedAt, now);
    }
  }

  /// The same change with another commit to review; the same commit leaves it as it is, unless it
  /// was rejected.
  LocalChange proposing(Forge.Request request, String now) {
    var same = revision.commit().equals(request.commit());
    var next =
        new Revision(
            request.base(), request.branch(), request.commit(), same ? revision.landed() : null);
    var nextState = same && state != Forge.State.REJECTED ? state : Forge.State.OPEN;
    return next.equals(revision) && nextState == state && request.title().equals(title)
        ? this
        : new LocalChange(
            number, item, request.title(), nextState, next, comments, times.updated(now));
  }

  boolean landedWith(String commit) {
    return state == Forge.State.MERGED && revision.commit().equals(commit);
  }

  LocalChange ended(Forge.State end, @Nullable String landed, String now) {
    var next = new Revision(revision.base(), revision.branch(), revision.commit(), landed);
    return new LocalChange(number, item, title, end, next, comments, times.updated(now));
  }

  LocalChange commented(String key, String text, String now) {
    if (comments.stream().anyMatch(comment -> comment.key().equals(key))) {
      return this;
    }
    var more = new ArrayList<>(comments);
    more.add(new Comment(key, now, text));
    return new LocalChange(number, item, title, state, revision, more, times.updated(now));
  }

  private static Times at(String now) {
    return new Times(now, now);
  }

  static LocalChange opened(long number, Forge.Request request, String now) {
    return new LocalChange(
        number,
        request.item().value(),
        request.title(),
        Forge.State.OPEN,
        new Revision(request.base(), request.branch(), request.commit(), null),
        List.of(),
        at(now));
  }
}
