package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.workspace.Checkout;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `handoff`.
@Command(
    name = "handoff",
    description = "Hands the branch you are on, uncommitted work included, to the factory.",
    footer = {
      "",
      "A snapshot is sent; your branch, index and files stay as they are. The agent goes on from"
          + " it; with --as-is, or where there is no agent for words, it is checked, reviewed and"
          + " landed as it is."
    })
final class HandoffCommand extends ClientCommand {
  private static final String FACT = "handover";
  private static final int MOST_SHOWN = 10;

  @Option(
      names = "--title",
      paramLabel = "T",
      description = "What it is; else the subject of your newest commit.")
  @Nullable String title;

  @Option(
      names = "--body-file",
      paramLabel = "F",
      description = "What is left to do; - reads it from stdin.")
  @Nullable String bodyFile;

  @Option(
      names = "--repo",
      paramLabel = "R",
      description = "The repository; else the one this is a checkout of.")
  @Nullable String repo;

  @Option(names = "--agent", paramLabel = "A", description = "The agent that shall go on.")
  @Nullable String agent;

  @Option(names = "--as-is", description = "No agent: check, review and land what is there.")
  boolean asIs;

  @Option(names = "--tracked", description = "Leave out files that git does not know.")
  boolean tracked;

  @Option(names = "--wait", description = "Show how it goes until it is over or needs you.")
  boolean wait;

  @Option(names = "--json", description = "Print the factory's answer as JSON.")
  boolean json;

  HandoffCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException {
    if (asIs && agent != null) {
      throw new Failure(Exit.USED_WRONGLY, "--as-is means no agent; leave out one of the two.");
    }
    var checkout =
        Checkout.around(context.folder(), context.environment())
            .orElseThrow(() -> new Failure(Exit.USED_WRONGLY, "You are in no git checkout."));
    var factory = factory();
    var to = repository(factory.get("/api/v1/repos").path("repos"), checkout);
    try {
      var commit = snapshot(checkout, to);
      var named = title(checkout, commit);
      send(factory, checkout, to, commit);
      var answer = factory.post("/api/v1/signals", signal(to, commit, named));
      var id = ItemWords.text(answer, "item_id");
      terminal.say(json ? Json.pretty(answer) : id);
      return wait ? new Waiting(factory, terminal).until(id) : Exit.DONE;
    } catch (GitException e) {
      throw new Failure(Exit.FAILED, "git: " + Words.line(String.valueOf(e.getMessage())));
    }
  }

  /// The factory's repository that this is a checkout of.
  private JsonNode repository(JsonNode repos, Checkout checkout) {
    var names = new ArrayList<String>();
    JsonNode found = null;
    for (var each : repos) {
      var name = ItemWords.text(each, "name");
      names.add(name);
      boolean same = repo == null ? isCheckoutOf(each, checkout) : repo.equals(name);
      found = same && found == null ? each : found;
    }
    if (found == null) {
      throw new Failure(
          Exit.USED_WRONGLY,
          repo == null
              ? checkout.top() + " is a checkout of no repository this factory works on."
              : "This factory has no repository '" + Words.line(repo) + "'.",
          "It has " + String.join(", ", names) + "; name one with --repo.");
    }
    return found;
  }

  private static boolean isCheckoutOf(JsonNode repo, Checkout checkout) {
    var url = bare(repo.path("url").asText());
    return url.equals(bare(checkout.top().toString()))
        || checkout.remotes().stream().anyMatch(remote -> bare(remote).equals(url));
  }

  private static String bare(String url) {
    return url.replaceAll("//[^/@]*@", "//").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
  }

  private String snapshot(Checkout checkout, JsonNode to) throws IOException {
    if (checkout.hasConflicts()) {
      throw new Failure(
          Exit.FAILED, "There are conflicts in " + checkout.top() + ".", "Settle them first.");
    }
    var uncommitted = checkout.uncommitted(!tracked);
    var branch = checkout.branch().orElse("no branch");
    var commit = checkout.snapshot("Work in progress on " + branch, !tracked);
    var tip = ItemWords.text(to, "commit");
    if (!tip.isEmpty() && checkout.commit(tip).isPresent() && checkout.isAncestor(commit, tip)) {
      throw nothing(to);
    }
    terminal.note(
        "Handing over "
            + branch
            + " at "
            + commit.substring(0, 12)
            + " to "
            + ItemWords.text(to, "name")
            + (uncommitted.isEmpty()
                ? ""
                : ", with " + Words.count(uncommitted.size(), "uncommitted file") + ":"));
    uncommitted.stream()
        .limit(MOST_SHOWN)
        .forEach(file -> terminal.note(terminal.dim("  " + Words.line(file))));
    if (uncommitted.size() > MOST_SHOWN) {
      terminal.note(terminal.dim("  and " + (uncommitted.size() - MOST_SHOWN) + " more"));
    }
    return commit;
  }

  private static Failure nothing(JsonNode to) {
    return new Failure(
        Exit.FAILED,
        "There is nothing to hand over: no uncommitted work, and no commit that "
            + ItemWords.text(to, "base")
            + " lacks.");
  }

  private String title(Checkout checkout, String commit) {
    if (title != null) {
      return title;
    }
    boolean committed = checkout.commit("HEAD").filter(commit::equals).isPresent();
    var branch = checkout.branch().orElse("");
    var words = committed ? checkout.subject(commit) : branch.replaceAll("[-_/]+", " ").strip();
    if (words.isEmpty() || (!committed && branch.matches("main|master|trunk|develop"))) {
      throw new Failure(
          Exit.USED_WRONGLY,
          "What is it? The work is uncommitted, and "
              + (branch.isEmpty() ? "no branch is checked out." : branch + " does not say."),
          "Say it: millwright handoff --title \"…\"");
    }
    return words.substring(0, Math.min(words.length(), 300));
  }

  private static void send(FactoryClient factory, Checkout checkout, JsonNode to, String commit)
      throws IOException {
    var known = new ArrayList<String>();
    checkout.commit(ItemWords.text(to, "commit") + "^0").ifPresent(known::add);
    var bundle = Files.createTempFile("millwright-", ".bundle");
    var path = "/api/v1/repos/" + FactoryClient.encode(ItemWords.text(to, "name")) + "/handovers";
    try {
      pack(checkout, bundle, commit, known);
      try {
        factory.upload(path, bundle);
      } catch (Failure failure) {
        if (failure.is("nothing_new")) {
          throw nothing(to);
        }
        if (!failure.is("missing_commits") || known.isEmpty()) {
          throw failure;
        }
        pack(checkout, bundle, commit, List.of());
        factory.upload(path, bundle);
      }
    } finally {
      Files.deleteIfExists(bundle);
    }
  }

  private static void pack(Checkout checkout, Path bundle, String commit, List<String> known) {
    if (checkout.bundle(bundle, commit, commit, known) instanceof GitResult.Failed(_, var stderr)) {
      throw new GitException(stderr);
    }
  }

  private JsonNode signal(JsonNode to, String commit, String named) {
    var name = ItemWords.text(to, "name");
    var signal = Json.object().put("source", "handoff").put("title", named).put("repo", name);
    signal.put("key", "handoff:" + name + "@" + commit.substring(0, 12));
    signal.put("body", Bodies.read(bodyFile, context));
    signal.putObject("facts").put(FACT, commit);
    if (asIs || agent != null) {
      signal.put("agent", asIs ? "as-is" : agent);
    }
    return signal;
  }
}
