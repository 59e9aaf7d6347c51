package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.workspace.Checkout;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pull`.
@Command(
    name = "pull",
    description = "Takes an item's branch into a checkout of its repository.",
    footer = {
      "",
      "Without DIR into the checkout you are in, which must have no uncommitted work. A DIR that is"
          + " not there yet becomes a further worktree, and your own files stay as they are. No"
          + " hook of the repository runs."
    })
final class PullCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The item, or how its id starts.")
  String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "A checkout, or a new folder.")
  @Nullable Path folder;

  @Option(
      names = "--force",
      description =
          "Also where your branch of that name has commits of its own: they are left behind.")
  boolean force;

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  PullCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException {
    var factory = factory();
    var item = factory.about(id, exact -> factory.get(FactoryClient.item(exact)));
    var change = item.path("change");
    var branch = ItemWords.text(change, "branch");
    if (branch.isEmpty()) {
      throw new Failure(
          Exit.FAILED,
          ItemWords.text(item, "id") + " has changed nothing yet.",
          "See where it is: millwright show " + ItemWords.text(item, "id"));
    }
    // It becomes a ref and words of a command.
    if (!branch.matches("millwright/[a-z0-9][a-z0-9_.-]*")) {
      throw new Failure(Exit.FAILED, "The factory names no branch of its own.");
    }
    var named = folder == null ? context.folder() : context.folder().resolve(folder).normalize();
    boolean fresh = !Files.exists(named);
    var checkout = checkout(fresh ? context.folder() : named, item);
    var commit = ItemWords.text(change, "commit");
    try {
      if (!fresh) {
        mustBeClean(checkout);
      }
      mayTake(checkout, change, branch, commit);
      fetch(factory, checkout, item, commit);
      var place = fresh ? beside(checkout, branch, commit, named) : here(checkout, branch, commit);
      report(item, branch, commit, place);
    } catch (GitException e) {
      throw new Failure(Exit.FAILED, "git: " + Words.line(String.valueOf(e.getMessage())));
    }
    return Exit.DONE;
  }

  private Checkout checkout(Path at, JsonNode item) {
    return Checkout.around(at, context.environment())
        .orElseThrow(() ->
            new Failure(
                Exit.USED_WRONGLY,
                at + " is in no git checkout.",
                "Go to a checkout of " + ItemWords.text(item, "repo") + ", or name one."));
  }

  private void mustBeClean(Checkout checkout) {
    var uncommitted = checkout.uncommitted(false);
    if (!uncommitted.isEmpty()) {
      throw new Failure(
          Exit.FAILED,
          checkout.top()
              + " has uncommitted work in "
              + Words.count(uncommitted.size(), "file")
              + ".",
          "Commit or stash it, or take the branch beside it: millwright pull " + id + " ../review");
    }
  }

  private void mayTake(Checkout checkout, JsonNode change, String branch, String commit) {
    var base = ItemWords.text(change, "base");
    if (checkout.commit(base).isEmpty()) {
      throw new Failure(
          Exit.FAILED,
          "The change starts from " + base + ", which is not in " + checkout.top() + ".",
          "Is it a checkout of that repository? Then: git fetch, and again.");
    }
    var own = checkout.commit("refs/heads/" + branch);
    if (own.isPresent() && !force && isMine(checkout, own.get(), branch, commit)) {
      throw new Failure(
          Exit.FAILED,
          "Your branch " + branch + " has commits that the item's does not have.",
          "Keep them: git branch -m " + branch + " " + branch + "-mine",
          "Or leave them behind with --force.");
    }
  }

  /// What was pulled before is nobody's loss, and what leads to the new commit is none at all.
  private static boolean isMine(Checkout checkout, String own, String branch, String commit) {
    return !own.equals(commit)
        && checkout.pulled(branch).filter(own::equals).isEmpty()
        && !(checkout.commit(commit).isPresent() && checkout.isAncestor(own, commit));
  }

  private static void fetch(FactoryClient factory, Checkout checkout, JsonNode item, String commit)
      throws IOException {
    var bundle = Files.createTempFile("millwright-", ".bundle");
    try {
      var id = ItemWords.text(item, "id");
      var branch = ItemWords.text(item.path("change"), "branch");
      factory.download(FactoryClient.item(id) + "/bundle", bundle);
      var got = checkout.fetch(bundle, "refs/millwright/bundles/" + id, branch);
      if (!got.filter(commit::equals).isPresent()) {
        throw new Failure(
            Exit.FAILED,
            "The item changed while it was fetched.",
            "Do it again: millwright pull " + id);
      }
    } finally {
      Files.deleteIfExists(bundle);
    }
  }

  /// Into the checkout itself.
  private Path here(Checkout checkout, String branch, String commit) {
    var result =
        checkout.branch().filter(branch::equals).isPresent()
            ? checkout.moveTo(commit)
            : switched(checkout, branch, commit);
    return must(result, checkout.top());
  }

  private static GitResult switched(Checkout checkout, String branch, String commit) {
    elsewhere(checkout, branch);
    checkout.point(branch, commit);
    return checkout.goTo(branch);
  }

  private static Path beside(Checkout checkout, String branch, String commit, Path folder) {
    elsewhere(checkout, branch);
    checkout.point(branch, commit);
    return must(checkout.beside(folder, branch), folder);
  }

  private static void elsewhere(Checkout checkout, String branch) {
    checkout
        .worktreeOf(branch)
        .ifPresent(there -> {
          throw new Failure(
              Exit.FAILED,
              branch + " is checked out in " + there + ".",
              "Take it there: millwright pull ID " + there);
        });
  }

  private static Path must(GitResult result, Path place) {
    if (result instanceof GitResult.Failed(_, var stderr)) {
      throw new Failure(
          Exit.FAILED,
          "git does not go there: " + Words.line(stderr),
          "The branch is there all the same; your files are as they were.");
    }
    return place;
  }

  private void report(JsonNode item, String branch, String commit, Path place) {
    var change = item.path("change");
    if (json) {
      terminal.say(
          Json.pretty(
              Json.object()
                  .put("id", ItemWords.text(item, "id"))
                  .put("branch", branch)
                  .put("base", ItemWords.text(change, "base"))
                  .put("commit", commit)
                  .put("folder", place.toString())));
      return;
    }
    terminal.say(
        terminal.green("pulled")
            + " "
            + ItemWords.text(item, "title")
            + terminal.dim(
                "  "
                    + Words.count(change.path("files").asInt(), "file")
                    + ", +"
                    + change.path("additions").asInt()
                    + " -"
                    + change.path("deletions").asInt()));
    terminal.say(
        "Branch " + branch + " at " + commit.substring(0, 12) + ", checked out in " + place);
    terminal.note(
        terminal.dim("What you commit on it stays yours; hand it back with: millwright handoff"));
  }
}
