package dev.millwright.shared.http;

import dev.millwright.shared.http.Operation.Param;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Everything the interface can do: finds the endpoint for a request, or says why there is none.
public final class Api {
  private final List<Route> routes;

  /// An endpoint and the parts of its path, split once.
  private record Route(Endpoint endpoint, List<String> declared) {
    Route(Endpoint endpoint) {
      this(endpoint, endpoint.operation().segments());
    }
  }

  /// The given endpoints and, made from them, `GET /api/v1/openapi.json`.
  public Api(String version, List<Endpoint> declared) {
    var all = new ArrayList<>(declared);
    var operation =
        Operation.look(
                "/api/v1/openapi.json",
                "operate",
                "This interface as an OpenAPI 3.1 document",
                Operation.Answer.of(200, "the document", "application/json"))
            .open();
    var operations = new ArrayList<>(declared.stream().map(Endpoint::operation).toList());
    operations.add(operation);
    var document = OpenApi.document(version, operations);
    all.add(
        new Endpoint(
            operation, _ -> CompletableFuture.completedFuture(Answers.json(200, document))));
    this.routes = all.stream().map(Route::new).toList();
    var seen = new HashSet<String>();
    for (var each : operations) {
      if (!seen.add(each.verb() + " " + each.path().replaceAll("\\{[^}]+}", "{}"))) {
        throw new IllegalArgumentException("declared twice: " + each.verb() + " " + each.path());
      }
    }
  }

  public List<Operation> operations() {
    return routes.stream().map(route -> route.endpoint().operation()).toList();
  }

  /// An endpoint and the values of its path's names.
  record Match(Endpoint endpoint, Map<String, String> path) {}

  /// The endpoint for a request; fails with 404 or 405.
  Match find(HttpRequest request) {
    var segments =
        StreamSupport.stream(request.getUri().pathSegments().spliterator(), false).toList();
    var method = request.method().name().equals("HEAD") ? "GET" : request.method().name();
    var allowed = new LinkedHashSet<String>();
    for (var match : matches(segments)) {
      var verb = match.endpoint().operation().verb().name();
      if (verb.equals(method)) {
        return match;
      }
      allowed.add(verb);
    }
    if (allowed.isEmpty()) {
      throw ApiError.notFound("not_found", "there is nothing at this path")
          .hint("all routes are in /api/v1/openapi.json")
          .exception();
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    var allow = String.join(", ", allowed);
    throw ApiError.of(405, "method_not_allowed", "this path takes " + allow)
        .with("Allow", allow)
        .exception();
  }

  /// Those for a path. One that is spelled out stands before any that only has room for it,
  /// whatever the verb: `GET` of a path that takes only `POST` is no other path's business.
  private List<Match> matches(List<String> segments) {
    var all = routes.stream().flatMap(route -> match(route, segments).stream()).toList();
    var exact = all.stream().filter(match -> match.path().isEmpty()).toList();
    return exact.isEmpty() ? all : exact;
  }

  private static Optional<Match> match(Route route, List<String> given) {
    var declared = route.declared();
    var values = new HashMap<String, String>();
    for (var i = 0; i < declared.size(); i++) {
      var segment = declared.get(i);
      if (segment.equals("**")) {
        values.put("**", String.join("/", given.subList(Math.min(i, given.size()), given.size())));
        return Optional.of(new Match(route.endpoint(), values));
      }
      if (i >= given.size()) {
        return Optional.empty();
      }
      if (segment.startsWith("{")) {
        if (given.get(i).isEmpty()) {
          return Optional.empty();
        }
        values.put(segment.substring(1, segment.length() - 1), given.get(i));
      } else if (!segment.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return declared.size() == given.size() || (given.equals(List.of("")) && declared.isEmpty())
        ? Optional.of(new Match(route.endpoint(), values))
        : Optional.empty();
  }

  /// The declared query parameters of a request; anything else is refused by name.
  static Map<String, String> query(Operation operation, HttpRequest request) {
    var values = new HashMap<String, String>();
    if (request.getUri().rawQueryString().isEmpty()
        || operation.about().tag().equals("dashboard")) {
      return values;
    }
    for (var given : request.getUri().query().toList()) {
      var name = given.first();
      var param =
          operation.params().stream()
              .filter(it -> it.where() == Param.Where.QUERY && it.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(operation, name));
      if (Shape.UNSTORABLE.matcher(given.second()).find()) {
        throw ApiError.invalid(name, "`" + name + "` must be whole characters without NUL")
            .exception();
      }
      if (!param.oneOf().isEmpty() && !param.oneOf().contains(given.second())) {
        throw ApiError.invalid(
                name,
                "`%s` must be one of %s, got '%s'"
                    .formatted(name, String.join(", ", param.oneOf()), Shape.shown(given.second())))
            .exception();
      }
      if (values.put(name, given.second()) != null) {
        throw ApiError.invalid(name, "`" + name + "` is given twice").exception();
      }
    }
    return values;
  }

  private static ApiException unknown(Operation operation, String name) {
    var known =
        operation.params().stream()
            .filter(it -> it.where() == Param.Where.QUERY)
            .map(Param::name)
            .toList();
    var field = Shape.shown(name);
    return ApiError.invalid(field, "`" + field + "` is not a parameter of this route")
        .hint(known.isEmpty() ? "it takes none" : "known: " + String.join(", ", known))
        .exception();
  }
}
