package dev.millwright.release.port;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemState;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where changes are reviewed and landed. Only adapters of this port hold a forge's credentials.
///
/// Every method may be said again after a crash, at any point, and leads to the same end: an item
/// has one change for its whole life. Blocking; safe for several threads.
public interface Forge {
  /// The name it has in the configuration.
  String name();

  /// Publishes the branch and opens the item's change, or brings the open one up to date. A change
  /// that has landed with this commit stays as it is.
  Opened open(Request request) throws InterruptedException;

  /// The item's change as the forge has it now.
  Seen look(String repo, ItemId item) throws InterruptedException;

  /// Adds a comment, once per key.
  Noted comment(String repo, ItemId item, String key, String text) throws InterruptedException;

  /// Moves the base branch to a merge commit, if the branch is still where that commit starts.
  Landed land(Landing landing) throws InterruptedException;

  /// The items whose changes in a repository have not ended yet.
  Pending pending(String repo) throws InterruptedException;

  /// Tells the forge how the item's change ended when it cannot know by itself, and takes away the
  /// branch the factory made for it.
  Noted settle(String repo, ItemId item, Ending ending) throws InterruptedException;

  /// A change to be reviewed.
  record Request(
      String repo,
      ItemId item,
      String title,
      String description,
      String base,
      String branch,
      String commit) {}

  /// Where a change stands in review.
  enum State {
    OPEN,
    APPROVED,
    REWORK,
    REJECTED,
    MERGED;

    /// Whether nobody reviews it any more.
    public boolean ended() {
      return this == REJECTED || this == MERGED;
    }
  }

  /// What came of opening a change.
  sealed interface Opened {
    record Open(String number, @Nullable String url) implements Opened {}

    /// It may succeed later.
    record Failed(String reason) implements Opened {}
  }

  /// What there is to see of a change.
  sealed interface Seen {
    record Change(String number, State state, String commit, int comments) implements Seen {}

    record Absent() implements Seen {}

    record Failed(String reason) implements Seen {}
  }

  /// What came of asking for open changes.
  sealed interface Pending {
    record Changes(Set<ItemId> items) implements Pending {
      public Changes {
        items = Set.copyOf(items);
      }
    }

    record Failed(String reason) implements Pending {}
  }

  /// What came of telling the forge something.
  sealed interface Noted {
    record Done() implements Noted {}

    record Failed(String reason) implements Noted {}
  }

  /// A merge commit to put on a base branch.
  ///
  /// @param onto where the base branch must still be: the merge's first parent
  /// @param change the reviewed commit: the merge's second parent
  record Landing(String repo, ItemId item, String base, String onto, String merge, String change) {}

  /// What came of landing.
  sealed interface Landed {
    /// The base branch holds the merge.
    record Done() implements Landed {}

    /// Somebody else was faster: the base branch has moved.
    record Outrun() implements Landed {}

    /// The forge does not let us, and only a person can change that.
    record Refused(String reason, String fix) implements Landed {}

    /// It may succeed later.
    record Failed(String reason) implements Landed {}
  }

  /// How a change ended.
  sealed interface Ending {
    record Merged(String commit) implements Ending {}

    record Rejected(String reason) implements Ending {}

    record Rework(String comment) implements Ending {}

    /// How an item's change has ended, empty while it has not.
    static Optional<Ending> of(WorkItemState.Known item) {
      if (!(item instanceof WorkItemState.Finished(var dossier, _, _, var reason))) {
        return Optional.empty();
      }
      var landed = dossier.context().proposal().map(proposal -> proposal.landed()).orElse(null);
      return Optional.of(landed == null ? new Rejected(reason) : new Merged(landed));
    }

    default State state() {
      return switch (this) {
        case Merged _ -> State.MERGED;
        case Rejected _ -> State.REJECTED;
        case Rework _ -> State.REWORK;
      };
    }

    /// What a reader should be told, where there is something.
    default Optional<String> words() {
      return switch (this) {
        case Merged(var commit) -> Optional.of("landed as " + commit);
        case Rejected(var reason) -> Optional.of(reason);
        case Rework(var comment) -> Optional.of(comment);
      };
    }
  }
}
