package dev.millwright.release.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.release.port.Forge;
import dev.millwright.release.port.ForgePortContract;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workspace.Author;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalForgeTest extends ForgePortContract {
  private Path folder;
  private Yard yard;
  private Commits commits;

  @BeforeEach
  void set_up() throws Exception {
    folder = Yard.temporary();
    yard = new Yard(folder);
    var first = yard.change("a.txt", "two\n").revision();
    var second = yard.change("a.txt", "three\n").revision();
    var merge =
        yard.mirror.commitTree(
            yard.mirror.treeOf(first.commit()),
            List.of(first.base(), first.commit()),
            "Merge\n",
            Author.MILLWRIGHT,
            Instant.EPOCH);
    commits = new Commits(first.base(), first.commit(), second.commit(), merge);
  }

  @AfterEach
  void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void the_branch_goes_when_the_change_ends_and_somebody_elses_work_on_it_stays() throws Exception {
    var mine = new ItemId("task-1");
    var theirs = new ItemId("task-2");
    for (var item : List.of(mine, theirs)) {
      forge()
          .open(
              new Forge.Request(
                  "orders", item, "t", "d", "main", "millwright/" + item, commits.first()));
    }
    Yard.git(yard.remote, "update-ref", "refs/heads/millwright/task-2", commits.base());

    for (var item : List.of(mine, theirs)) {
      assertThat(forge().settle("orders", item, new Forge.Ending.Rejected("no")))
          .isEqualTo(new Forge.Noted.Done());
    }

    assertThat(Yard.git(yard.remote, "branch", "--format=%(refname:short)"))
        .isEqualTo("main\nmillwright/task-2");
  }

  /// A new one each time: what it knows must come from its files.
  @Override
  protected Forge forge() {
    return yard.forge();
  }

  @Override
  protected Commits commits() {
    return commits;
  }

  @Override
  protected void overtake() throws Exception {
    yard.meanwhile("b.txt", "b\n");
  }
}
