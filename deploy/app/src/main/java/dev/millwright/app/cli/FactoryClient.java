package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A factory, spoken to over HTTP. Every refusal becomes a [Failure] with its exit code.
public final class FactoryClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final URI base;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public FactoryClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /// The factory that `--url` or the environment names.
  static FactoryClient of(@Nullable String url, Map<String, String> environment) {
    var named = url != null ? url : environment.getOrDefault("MILLWRIGHT_URL", "");
    var address = named.isBlank() ? "http://127.0.0.1:7420" : named.replaceAll("/+$", "");
    var token = environment.getOrDefault("MILLWRIGHT_TOKEN", "");
    if (!address.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
      throw wrongAddress(address);
    }
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new Failure(
          Exit.USED_WRONGLY,
          "MILLWRIGHT_TOKEN holds something that is no token.",
          "Set it to the token alone, without spaces or line ends.");
    }
    try {
      return new FactoryClient(URI.create(address), token);
    } catch (IllegalArgumentException _) {
      throw wrongAddress(address);
    }
  }

  private static Failure wrongAddress(String address) {
    return new Failure(
        Exit.USED_WRONGLY,
        "'" + Words.line(address) + "' is not an address of a factory.",
        "Write it like http://127.0.0.1:7420, in --url or MILLWRIGHT_URL.");
  }

  /// Leaves no thread behind: the JVM would wait for it a third of a second before it exits.
  @Override
  public void close() {
    http.shutdownNow();
    try {
      var _ = http.awaitTermination(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One segment of a path or one value of a query.
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String item(String id) {
    return "/api/v1/items/" + encode(id);
  }

  public JsonNode get(String path) {
    return parse(send(request(path, PATIENCE).GET().build()));
  }

  public String text(String path) {
    return send(request(path, PATIENCE).GET().build());
  }

  public JsonNode post(String path, JsonNode body) {
    return parse(
        send(
            request(path, PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /// Sends a git bundle.
  JsonNode upload(String path, Path bundle) throws IOException {
    return parse(
        send(
            request(path, PATIENCE)
                .header("Content-Type", "application/x-git-bundle")
                .POST(HttpRequest.BodyPublishers.ofFile(bundle))
                .build()));
  }

  /// Writes an answer into a file.
  void download(String path, Path file) throws IOException {
    var response = answer(request(path, PATIENCE).GET().build(), BodyHandlers.ofFile(file));
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), Files.readString(file));
    }
  }

  /// Asks about one item. An id that nothing has means the one item whose id starts so.
  <T> T about(String given, Function<String, T> ask) {
    if (given.isBlank()) {
      throw new Failure(Exit.USED_WRONGLY, "The item's id is empty.", "See them: millwright ls");
    }
    try {
      return ask.apply(given);
    } catch (Failure failure) {
      if (!failure.is("no_such_item")) {
        throw failure;
      }
      return ask.apply(theOne(given));
    }
  }

  private String theOne(String given) {
    var ids = new ArrayList<String>();
    for (var item : get("/api/v1/items?limit=500&q=" + encode(given)).path("items")) {
      var id = ItemWords.text(item, "id");
      if (id.startsWith(given)) {
        ids.add(id);
      }
    }
    if (ids.size() == 1) {
      return ids.getFirst();
    }
    var what = Words.line(given);
    throw ids.isEmpty()
        ? new Failure(Exit.FAILED, "There is no item '" + what + "'.", "See them: millwright ls")
        : new Failure(
            Exit.USED_WRONGLY,
            ids.size() + " items start with '" + what + "'. Which one?",
            ids.stream().limit(10).toArray(String[]::new));
  }

  /// Reads an event stream until it ends or `more` says no to an event.
  ///
  /// @param after the id of the last event that was read, empty to start
  /// @return whether `more` ended it
  boolean events(String path, String after, Predicate<Event> more) {
    var request = request(path, PATIENCE).header("Accept", "text/event-stream");
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    var response = answer(request.GET().build(), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() >= 400) {
        throw refusal(response.statusCode(), String.join("\n", lines.toList()));
      }
      return Event.read(lines.iterator(), more);
    } catch (UncheckedIOException _) {
      return false; // The stream broke; whoever follows asks again.
    }
  }

  /// Reads a long text line by line.
  ///
  /// @param from bytes to leave out
  void lines(String path, long from, Consumer<String> each) {
    var request = request(path, PATIENCE);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    var response = answer(request.GET().build(), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() == 416) {
        return; // Nothing there beyond what was read.
      }
      if (response.statusCode() >= 300) {
        throw refusal(response.statusCode(), String.join("\n", lines.toList()));
      }
      lines.forEach(each);
    } catch (UncheckedIOException e) {
      throw new Failure(Exit.NO_FACTORY, "The factory went away in the middle of " + path + ".");
    }
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(patience);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest request) {
    var response = answer(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), response.body());
    }
    return response.body();
  }

  private <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new Failure(
          Exit.NO_FACTORY,
          "No factory answers at " + base + " (" + reason(e) + ").",
          "Start one with: millwright up",
          "Or say where it is with --url or MILLWRIGHT_URL.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "Interrupted.");
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case HttpConnectTimeoutException _ -> "connecting took too long";
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "connection refused or name unknown";
      default -> Words.line(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    };
  }

  private JsonNode parse(String body) {
    try {
      return Json.read(body);
    } catch (JsonProcessingException _) {
      throw stranger();
    }
  }

  private Failure stranger() {
    return new Failure(
        Exit.NO_FACTORY,
        "Something answers at " + base + ", but it is no Millwright factory.",
        "Say where the factory is with --url or MILLWRIGHT_URL.");
  }

  private Failure refusal(int status, String body) {
    JsonNode error;
    try {
      error = Json.read(body).path("error");
    } catch (JsonProcessingException _) {
      error = Json.object();
    }
    boolean own = error.has("message");
    int code =
        switch (status) {
          case 401, 403 -> Exit.NOT_ALLOWED;
          case 400, 413, 415, 422 -> own ? Exit.USED_WRONGLY : Exit.NO_FACTORY;
          default -> own ? Exit.FAILED : Exit.NO_FACTORY;
        };
    if (code == Exit.NO_FACTORY) {
      return stranger();
    }
    var what =
        Words.line(error.path("message").asText(status == 401 ? "Not signed in" : "Refused"));
    var field = Words.line(error.path("field").asText(""));
    var hint = Words.line(error.path("hint").asText(""));
    if (status == 401) {
      hint =
          token.isEmpty()
              ? "Set MILLWRIGHT_TOKEN to one of its tokens; whoever runs it makes one with:"
                  + " millwright token create NAME"
              : "MILLWRIGHT_TOKEN holds it; it may have been revoked, or be another factory's.";
    }
    var said = field.isEmpty() || what.contains("`" + field + "`") ? what : field + ": " + what;
    var reason = error.path("code").asText("");
    return new Failure(code, reason, said, hint.isEmpty() ? List.of() : List.of(hint));
  }

  /// For `top`: whether a failure only means that the server is away for a moment.
  static boolean isAway(Failure failure) {
    return failure.code() == Exit.NO_FACTORY;
  }

  @Override
  public String toString() {
    return base.toString().toLowerCase(Locale.ROOT);
  }
}
