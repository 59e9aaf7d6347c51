package dev.millwright.docs.actor;

import dev.millwright.docs.domain.Documentation;
import dev.millwright.docs.domain.Documentation.Tree;
import dev.millwright.docs.domain.Scope;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.DocsReport;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Mirror;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// After a change landed: finds what it made false in the repository's Markdown, and raises bounded
/// items that mend it and enter it into the changelog.
///
/// Its own items raise nothing more, so that documentation never feeds on itself.
public final class DocumentationStage implements StageCode {
  /// What this stage's signals say they come from.
  public static final String SOURCE = "documentation";

  private static final String CHANGELOG = "CHANGELOG.md";
  private static final int MOST_FILES = 500;
  private static final int MOST_BODY_CHARACTERS = 8_000;

  private final Function<String, Optional<Mirror>> mirrors;
  private final Function<String, Scope> scopes;

  /// All of every repository's Markdown.
  public DocumentationStage(Function<String, Optional<Mirror>> mirrors) {
    this(mirrors, _ -> Scope.ALL);
  }

  /// @param scopes what each repository wants to have looked after, asked anew for each change
  public DocumentationStage(
      Function<String, Optional<Mirror>> mirrors, Function<String, Scope> scopes) {
    this.mirrors = mirrors;
    this.scopes = scopes;
  }

  @Override
  public Stage stage() {
    return Stage.DOCUMENTATION;
  }

  @Override
  public StageResult run(Assignment work) {
    var context = work.context();
    var landed = context.proposal().map(proposal -> proposal.landed()).orElse(null);
    var repo = context.contract().map(contract -> contract.route().repo()).orElse("");
    var mirror = mirrors.apply(repo);
    if (landed == null || mirror.isEmpty() || context.change().isEmpty()) {
      return done("nothing landed, nothing to document", List.of(), List.of());
    }
    if (context.signal().source().equals(SOURCE)) {
      return done("this is documentation work itself", List.of(), List.of());
    }
    var scope = scopes.apply(repo);
    if (!scope.wanted()) {
      return done("the repository wants no documentation looked after", List.of(), List.of());
    }
    var change = context.change().get();
    mirror.get().refresh();
    var drift =
        Documentation.drift(
            tree(mirror.get(), change.revision().base(), scope), tree(mirror.get(), landed, scope));
    drift.forEach(finding -> work.say("drift: " + finding.message()));
    var raised = new ArrayList<Signal>();
    if (!drift.isEmpty()) {
      raised.add(mending(work, repo, landed, drift));
    }
    entry(work, repo, landed, mirror.get(), change).ifPresent(raised::add);
    var summary =
        drift.isEmpty() ? "the documentation holds" : drift.size() + " statements no longer hold";
    return done(summary, drift, raised);
  }

  private static StageResult done(String summary, List<Diagnostic> drift, List<Signal> raised) {
    var keys = raised.stream().map(signal -> signal.key().value()).toList();
    return StageResult.advance(summary, new DocsReport(summary, drift, keys)).raising(raised);
  }

  private static Tree tree(Mirror mirror, String commit, Scope scope) {
    var files = mirror.listFiles(commit);
    var markdown = new HashMap<String, String>();
    files.stream()
        .filter(file -> file.endsWith(".md") && scope.has(file))
        .limit(MOST_FILES)
        .forEach(file -> markdown.put(file, text(mirror, commit, file)));
    var makefile = files.contains("Makefile") ? text(mirror, commit, "Makefile") : "";
    return new Tree(new HashSet<>(files), markdown, makefile);
  }

  private static String text(Mirror mirror, String commit, String file) {
    return mirror
        .readFile(commit, file)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("");
  }

  private static Signal mending(
      Assignment work, String repo, String landed, List<Diagnostic> drift) {
    var list =
        drift.stream().map(found -> "- " + found.message()).collect(Collectors.joining("\n"));
    return signal(
        work,
        "docs-drift:" + work.item() + "@" + landed,
        new Request(
            "Mend the documentation after " + work.item(),
            cut("Since " + landed + " these statements no longer hold:\n\n" + list),
            "docs",
            List.of("docs"),
            3,
            repo,
            null),
        Map.of());
  }

  /// The changelog entry is an item of its own: it passes the same checks and the same review.
  private static Optional<Signal> entry(
      Assignment work, String repo, String landed, Mirror mirror, Change change) {
    var touched =
        mirror.numstat(change.revision().base(), change.revision().commit()).stream()
            .anyMatch(file -> file.path().equals(CHANGELOG));
    if (touched || mirror.readFile(landed, CHANGELOG).isEmpty()) {
      return Optional.empty();
    }
    var title = oneLine(work.context());
    return Optional.of(
        signal(
            work,
            "changelog:" + work.item() + "@" + landed,
            new Request(
                cutTitle("Changelog: " + title), "", "docs", List.of("docs"), 4, repo, "recipes"),
            Map.of("recipe", "changelog-entry", "section", "Changed", "text", title)));
  }

  private static Signal signal(
      Assignment work, String key, Request request, Map<String, String> facts) {
    return new Signal(
        new SignalKey(key),
        SOURCE,
        new Author("millwright", Author.Trust.MACHINE),
        request,
        facts,
        work.context().signal().link());
  }

  private static String oneLine(Context context) {
    return context.signal().request().title().replaceAll("\\s+", " ").strip();
  }

  private static String cutTitle(String title) {
    return title.substring(0, Math.min(title.length(), Request.MOST_TITLE_CHARACTERS));
  }

  private static String cut(String body) {
    return body.substring(0, Math.min(body.length(), MOST_BODY_CHARACTERS));
  }
}
