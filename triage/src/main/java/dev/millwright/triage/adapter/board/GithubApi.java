package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.settings.Secret;
import dev.millwright.triage.port.Board.Fault.Category;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The few calls to GitHub that a board needs, each about one repository.
final class GithubApi {
  static final int PER_PAGE = 100;

  /// Tests hold it against GitHub's published schema. Only GraphQL says who `we` are to a token of
  /// an app, too.
  static final String COMMENTS =
      """
      query MillwrightComments($owner: String!, $name: String!, $number: Int!, $before: String) {
        repository(owner: $owner, name: $name) {
          issue(number: $number) {
            comments(last: 100, before: $before) {
              nodes { fullDatabaseId body viewerDidAuthor }
              pageInfo { hasPreviousPage startCursor }
            }
          }
        }
      }
      """;

  private static final int MOST_PAGES_OF_COMMENTS = 100;

  private final BoardClient client;
  private final GraphQl graph;
  private final String owner;
  private final String name;
  private final List<String> root;

  /// @param address `https://api.github.com`, or `https://HOST/api/v3` of a server of one's own,
  ///   which has GraphQL beside it
  GithubApi(BoardNetwork network, URI address, Secret token, String repo) {
    var own = address.getPath().endsWith("/api/v3");
    var base = own ? address.toString().replaceFirst("/v3$", "") : address.toString();
    var headers =
        Map.of(
            "Accept", "application/vnd.github+json",
            "Authorization", "Bearer " + token.reveal(),
            "X-GitHub-Api-Version", "2022-11-28");
    this.client = network.client(new Access("github", URI.create(base), headers, List.of(token)));
    this.graph = new GraphQl(client, "graphql");
    this.owner = repo.substring(0, repo.indexOf('/'));
    this.name = repo.substring(repo.indexOf('/') + 1);
    this.root = own ? List.of("v3", "repos", owner, name) : List.of("repos", owner, name);
  }

  BoardClient client() {
    return client;
  }

  /// A page of issues, those changed longest ago first.
  Ask list(LabelStates.Query query, int page) {
    var ask =
        Ask.get(in("issues"))
            .with("state", query.state())
            .with("sort", "updated")
            .with("direction", "asc")
            .with("per_page", PER_PAGE)
            .with("page", page);
    return query.label().isEmpty() ? ask : ask.with("labels", query.label());
  }

  Ask newest() {
    return Ask.get(in("issues"))
        .with("state", "all")
        .with("sort", "updated")
        .with("direction", "desc")
        .with("per_page", 1);
  }

  Ask repository() {
    return Ask.get(in());
  }

  Ask issue(String number) {
    return Ask.get(in("issues", number)).orGone();
  }

  Ask blockers(String number) {
    return Ask.get(in("issues", number, "dependencies", "blocked_by"))
        .with("per_page", PER_PAGE)
        .orGone();
  }

  void setState(String number, Map<String, String> state) throws BoardException {
    client.send(Ask.write("PATCH", state, in("issues", number)));
  }

  void addLabel(String number, String label) throws BoardException {
    var body = Map.of("labels", List.of(label));
    client.send(Ask.write("POST", body, in("issues", number, "labels")));
  }

  /// Takes a label away; one that is not there is away.
  void removeLabel(String number, String label) throws BoardException {
    client.send(Ask.write("DELETE", null, in("issues", number, "labels", label)).orGone());
  }

  void say(String number, String body) throws BoardException {
    client.send(Ask.write("POST", Map.of("body", body), in("issues", number, "comments")));
  }

  void sayAgain(String comment, String body) throws BoardException {
    client.send(Ask.write("PATCH", Map.of("body", body), in("issues", "comments", comment)));
  }

  /// Our comment on a topic, if there is one; a stranger's with the same beginning is not ours.
  Optional<Comment> ours(String number, String topic) throws BoardException {
    var before = Optional.<String>empty();
    for (int page = 0; page < MOST_PAGES_OF_COMMENTS; page++) {
      var comments = comments(number, before);
      for (var node : LinearTickets.nodes(comments)) {
        var body = Reading.plain(node, "body");
        if (node.path("viewerDidAuthor").asBoolean(false) && Marker.isOn(topic, body)) {
          return Optional.of(new Comment(node.path("fullDatabaseId").asText(), body));
        }
      }
      var info = comments.path("pageInfo");
      if (!info.path("hasPreviousPage").asBoolean(false)) {
        return Optional.empty();
      }
      before = Optional.of(Reading.plain(info, "startCursor"));
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the comments do not end", null);
  }

  /// What was said or changed since a time, the oldest first.
  List<JsonNode> talk(String number, Instant since) throws BoardException {
    var said = new ArrayList<JsonNode>();
    for (int page = 1; page <= MOST_PAGES_OF_COMMENTS; page++) {
      var ask =
          Ask.get(in("issues", number, "comments"))
              .with("since", since)
              .with("per_page", PER_PAGE)
              .with("page", page);
      var comments = GithubTickets.each(client.json(client.send(ask)));
      said.addAll(comments);
      if (comments.size() < PER_PAGE) {
        return said;
      }
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the comments do not end", null);
  }

  private JsonNode comments(String number, Optional<String> before) throws BoardException {
    var variables = new HashMap<String, Object>();
    variables.put("owner", owner);
    variables.put("name", name);
    variables.put("number", Integer.parseInt(number));
    before.ifPresent(it -> variables.put("before", it));
    var comments =
        graph.query(COMMENTS, variables).path("repository").path("issue").path("comments");
    if (!comments.path("nodes").isArray()) {
      throw client.failed(Category.RESPONSE, "unknown_payload", "there are no comments", null);
    }
    return comments;
  }

  private String[] in(String... more) {
    return Stream.concat(root.stream(), Stream.of(more)).toArray(String[]::new);
  }

  /// What we said.
  record Comment(String id, String body) {}
}
