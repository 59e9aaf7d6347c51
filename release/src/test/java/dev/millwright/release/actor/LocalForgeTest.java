package dev.millwright.release.actor;

import dev.millwright.release.port.Forge;
import dev.millwright.release.port.ForgePortContract;
import dev.millwright.shared.workspace.Author;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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
