package dev.millwright.release.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.ItemId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every forge promises. A subclass gives a forge for one repository named `orders`, and
/// commits that exist there: a base, two changes on it, and a merge of the first.
public abstract class ForgePortContract {
  private static final ItemId ITEM = new ItemId("task-1");
  private static final ItemId OTHER = new ItemId("task-2");

  /// A forge that knows what was done before through the same store.
  protected abstract Forge forge();

  /// The commits of the suite.
  protected abstract Commits commits();

  /// Somebody else moves the base branch on.
  protected abstract void overtake() throws Exception;

  /// The commits the suite works with.
  ///
  /// @param merge has `base` and `first` as parents
  public record Commits(String base, String first, String second, String merge) {}

  @Test
  void an_item_has_one_change_however_often_it_is_opened() throws Exception {
    var first = forge().open(request(ITEM, commits().first()));
    var again = forge().open(request(ITEM, commits().first()));
    var reworked = forge().open(request(ITEM, commits().second()));
    var other = forge().open(request(OTHER, commits().first()));

    assertThat(again).isEqualTo(first);
    assertThat(reworked).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(seen(ITEM).commit()).isEqualTo(commits().second());
    assertThat(seen(ITEM).state()).isEqualTo(Forge.State.OPEN);
  }

  @Test
  void nobody_opened_means_absent() throws Exception {
    assertThat(forge().look("orders", ITEM)).isEqualTo(new Forge.Seen.Absent());
    assertThat(forge().comment("orders", ITEM, "k", "hello"))
        .isInstanceOf(Forge.Noted.Failed.class);
  }

  @Test
  void a_comment_is_made_once_per_key() throws Exception {
    forge().open(request(ITEM, commits().first()));
    forge().comment("orders", ITEM, "k", "hello");
    forge().comment("orders", ITEM, "k", "hello");

    assertThat(seen(ITEM).comments()).isEqualTo(1);
  }

  @Test
  void landing_moves_the_base_and_ends_the_change() throws Exception {
    forge().open(request(ITEM, commits().first()));

    assertThat(forge().land(landing())).isEqualTo(new Forge.Landed.Done());
    assertThat(seen(ITEM).state()).isEqualTo(Forge.State.MERGED);
  }

  @Test
  void a_base_that_moved_is_never_overwritten() throws Exception {
    forge().open(request(ITEM, commits().first()));
    overtake();

    assertThat(forge().land(landing())).isEqualTo(new Forge.Landed.Outrun());
    assertThat(seen(ITEM).state()).isEqualTo(Forge.State.OPEN);
  }

  @Test
  void a_rejected_change_is_open_again_with_another_commit() throws Exception {
    forge().open(request(ITEM, commits().first()));
    forge().settle("orders", ITEM, new Forge.Ending.Rejected("no"));
    forge().settle("orders", ITEM, new Forge.Ending.Rejected("no"));

    assertThat(seen(ITEM).state()).isEqualTo(Forge.State.REJECTED);
    assertThat(seen(ITEM).comments()).isEqualTo(1);
    forge().open(request(ITEM, commits().second()));
    assertThat(seen(ITEM).state()).isEqualTo(Forge.State.OPEN);
  }

  @Test
  void a_rejected_change_is_open_again_when_it_is_opened_again() throws Exception {
    forge().open(request(ITEM, commits().first()));
    forge().settle("orders", ITEM, new Forge.Ending.Rejected("no"));

    forge().open(request(ITEM, commits().first()));

    assertThat(seen(ITEM).state()).isEqualTo(Forge.State.OPEN);
  }

  @Test
  void what_has_landed_is_not_opened_again() throws Exception {
    forge().open(request(ITEM, commits().first()));
    forge().land(landing());

    forge().open(request(ITEM, commits().first()));

    assertThat(seen(ITEM).state()).isEqualTo(Forge.State.MERGED);
  }

  @Test
  void only_changes_that_have_not_ended_are_pending() throws Exception {
    forge().open(request(ITEM, commits().first()));
    forge().open(request(OTHER, commits().second()));

    forge().settle("orders", OTHER, new Forge.Ending.Rejected("no"));

    assertThat(forge().pending("orders")).isEqualTo(new Forge.Pending.Changes(Set.of(ITEM)));
  }

  private Forge.Seen.Change seen(ItemId item) throws InterruptedException {
    if (forge().look("orders", item) instanceof Forge.Seen.Change change) {
      return change;
    }
    throw new AssertionError("not there");
  }

  private Forge.Landing landing() {
    return new Forge.Landing(
        "orders", ITEM, "main", commits().base(), commits().merge(), commits().first());
  }

  private static Forge.Request request(ItemId item, String commit) {
    return new Forge.Request(
        "orders", item, "Say two", "Because", "main", "millwright/" + item, commit);
  }
}
