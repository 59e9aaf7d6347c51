package dev.millwright.codegen.adapter;

import dev.millwright.codegen.domain.Handover;
import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.ApiException;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Body;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import dev.millwright.shared.workspace.Mirror;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.javadsl.FileIO;
import org.jspecify.annotations.Nullable;

/// Work in and out as git bundles: a checkout hands over what it has, and takes an item's branch.
public final class CodegenRoutes {
  static final String BUNDLE = "application/x-git-bundle";
  private static final int MOST_HANDED_BYTES = 16 << 20;
  private static final String OUT = "refs/millwright/bundles/";

  private final Items items;
  private final Map<String, RepoSettings> repos;
  private final Function<RepoSettings, Mirror> mirrors;
  private final Path data;

  /// @param data where bundles lie while they are read or written
  public CodegenRoutes(
      Items items,
      Map<String, RepoSettings> repos,
      Function<RepoSettings, Mirror> mirrors,
      Path data) {
    this.items = items;
    this.repos = repos;
    this.mirrors = mirrors;
    this.data = data;
  }

  /// A repository the factory works on.
  ///
  /// @param commit the newest commit of its base branch that the factory has seen
  record RepoView(String name, String url, String base, @Nullable String commit) {}

  record ReposView(List<RepoView> repos) {}

  record HandedView(String repo, String commit, String base) {}

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.look(
                "/api/v1/repos",
                "repos",
                "The repositories",
                Answer.json(200, "as configured", ReposView.class)),
            _ -> Blocking.call(this::list)),
        new Endpoint(
            Operation.decide(
                    "/api/v1/repos/{repo}/handovers",
                    "repos",
                    "Hand over work",
                    Body.bytes(BUNDLE, MOST_HANDED_BYTES),
                    Answer.json(200, "kept", HandedView.class),
                    Answer.error(404, "no such repository"),
                    Answer.error(422, "no bundle, or one that cannot be put to the repository"))
                .detailed(
                    "A git bundle with one ref, called after the commit it names. A signal whose"
                        + " fact `handover` is that commit starts from it."),
            this::handOver),
        new Endpoint(
            Operation.look(
                "/api/v1/items/{id}/bundle",
                "repos",
                "An item's change as a git bundle",
                Answer.of(200, "from its base to its commit", BUNDLE),
                Answer.error(404, "no such item, or it has changed nothing yet")),
            this::bundle));
  }

  private HttpResponse list() {
    return Answers.json(200, new ReposView(repos.values().stream().map(this::view).toList()));
  }

  private RepoView view(RepoSettings repo) {
    var tip = mirrors.apply(repo).resolve("refs/heads/" + repo.base()).orElse(null);
    return new RepoView(repo.name(), repo.url().replaceAll("//[^/@]*@", "//"), repo.base(), tip);
  }

  private CompletionStage<HttpResponse> handOver(Call call) {
    var name = call.path().getOrDefault("repo", "");
    var repo = repos.get(name);
    if (repo == null) {
      throw ApiError.notFound("no_such_repo", "there is no repository of this name")
          .hint("there are " + String.join(", ", repos.keySet()))
          .exception();
    }
    return Blocking.call(() -> {
      var file = Files.createTempFile(data, "handover-", ".bundle");
      try {
        Files.write(file, call.body());
        return Answers.json(200, kept(repo, file));
      } finally {
        Files.deleteIfExists(file);
      }
    });
  }

  /// Fetched under a name of its own first, and under its lasting one once it is what it says.
  private HandedView kept(RepoSettings repo, Path bundle) throws IOException {
    var mirror = mirrors.apply(repo);
    if (mirror.refresh() instanceof GitResult.Failed(_, var stderr)) {
      throw ApiError.of(503, "unreachable", repo.name() + " cannot be fetched: " + stderr)
          .with("Retry-After", "10")
          .exception();
    }
    var ref = refIn(bundle);
    var commit = ref.substring(ref.lastIndexOf('/') + 1);
    if (!Handover.isCommit(commit)) {
      throw refused("bad_bundle", "its ref is not called after a commit");
    }
    var lasting = Handover.ref(commit);
    if (mirror.fetchBundle(bundle, ref, lasting) instanceof GitResult.Failed(_, var stderr)) {
      throw stderr.contains("prerequisite")
          ? refused("missing_commits", "it builds on commits that the factory does not have")
          : refused("bad_bundle", "git refuses it: " + stderr);
    }
    var base = mirror.resolve("refs/heads/" + repo.base());
    var common = base.flatMap(tip -> mirror.mergeBase(tip, commit));
    if (!mirror.resolve(lasting).equals(Optional.of(commit)) || common.isEmpty()) {
      mirror.deleteRef(lasting);
      throw refused("unrelated", "it has no history in common with " + repo.base());
    }
    if (common.get().equals(commit)) {
      throw refused("nothing_new", repo.base() + " has all of it already");
    }
    return new HandedView(repo.name(), commit, common.get());
  }

  /// The one ref a bundle has, read from its head.
  private static String refIn(Path bundle) throws IOException {
    try (var lines = Files.newBufferedReader(bundle, StandardCharsets.ISO_8859_1)) {
      var first = lines.readLine();
      if (first == null || !first.matches("# v[23] git bundle")) {
        throw refused("bad_bundle", "this is no git bundle");
      }
      for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
        if (!line.startsWith("-") && !line.startsWith("@")) {
          var name = line.substring(line.indexOf(' ') + 1);
          if (name.matches("refs/[A-Za-z0-9/-]{1,200}")) {
            return name;
          }
        }
      }
      throw refused("bad_bundle", "it has no ref");
    }
  }

  private static ApiException refused(String code, String message) {
    return ApiError.of(422, code, message).exception();
  }

  private CompletionStage<HttpResponse> bundle(Call call) {
    var given = call.path().getOrDefault("id", "");
    ItemId id;
    try {
      id = new ItemId(given);
    } catch (IllegalArgumentException e) {
      throw unknown(given);
    }
    return items
        .get(id)
        .thenCompose(found -> {
          var known = found.orElseThrow(() -> unknown(given));
          return Blocking.call(() -> packed(known));
        });
  }

  private HttpResponse packed(Known known) throws IOException {
    var id = known.dossier().id().value();
    var context = known.dossier().context();
    var repo = context.contract().map(contract -> repos.get(contract.route().repo())).orElse(null);
    var change = context.change().map(Change::revision).orElse(null);
    if (repo == null || change == null) {
      throw ApiError.notFound("no_change", "item '" + id + "' has changed nothing yet").exception();
    }
    var mirror = mirrors.apply(repo);
    var file = Files.createTempFile(data, "bundle-", ".bundle");
    try {
      var ref = OUT + id;
      var old = mirror.resolve(ref);
      if (!old.equals(Optional.of(change.commit()))) {
        mirror.updateRef(ref, change.commit(), old);
      }
      if (mirror.bundle(file, change.base(), ref) instanceof GitResult.Failed(_, var stderr)) {
        throw new GitException(stderr);
      }
      var type = ContentTypes.create(MediaTypes.customBinary("application", "x-git-bundle", false));
      var bytes = FileIO.fromPath(file);
      return HttpResponse.create()
          .withEntity(
              HttpEntities.create(
                  type,
                  Files.size(file),
                  bytes.mapMaterializedValue(done -> done.whenComplete((_, _) -> delete(file)))));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  private static ApiException unknown(String id) {
    var shown = id.length() > 128 ? id.substring(0, 128) : id;
    return ApiError.notFound("no_such_item", "there is no item '" + shown + "'").exception();
  }
}
