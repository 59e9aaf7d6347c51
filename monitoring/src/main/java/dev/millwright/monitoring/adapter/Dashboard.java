package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.workitem.Sha256;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/// The dashboard's files, out of the class path: one page for all its addresses, and its assets.
final class Dashboard {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]*");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=UTF-8",
          "js", "text/javascript; charset=UTF-8",
          "css", "text/css; charset=UTF-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "json", "application/json");

  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Asset(byte[] bytes, String type, String etag) {}

  List<Endpoint> endpoints() {
    var page = Answer.of(200, "the page", "text/html");
    return List.of(
        new Endpoint(look("/", "The dashboard", page), call -> file(call, "index.html")),
        new Endpoint(look("/items/**", "An item's page", page), call -> file(call, "index.html")),
        new Endpoint(look("/review/**", "The review page", page), call -> file(call, "index.html")),
        new Endpoint(look("/intake", "The intake page", page), call -> file(call, "index.html")),
        new Endpoint(
            look("/assets/**", "Its files", Answer.of(200, "a file", "*/*")),
            call -> file(call, "assets/" + call.path().getOrDefault("**", ""))));
  }

  private static Operation look(String path, String summary, Answer answer) {
    // The files are the same for everybody; what they show is asked for with a token.
    return Operation.look(path, "dashboard", summary, answer).open();
  }

  private CompletionStage<HttpResponse> file(Call call, String path) {
    return Blocking.call(() -> {
      var asset =
          asset(path)
              .orElseThrow(
                  () -> ApiError.notFound("no_such_file", "there is no such file").exception());
      return (call.has(asset.etag())
              ? HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED)
              : HttpResponse.create()
                  .withEntity(HttpEntities.create(ContentTypes.parse(asset.type()), asset.bytes())))
          .addHeader(HttpHeader.parse("ETag", asset.etag()))
          .addHeader(HttpHeader.parse("Cache-Control", "no-cache"));
    });
  }

  private Optional<Asset> asset(String path) throws IOException {
    var kept = known.get(path);
    if (kept != null) {
      return Optional.of(kept);
    }
    var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null
        || !Arrays.stream(path.split("/", -1)).allMatch(it -> NAME.matcher(it).matches())) {
      return Optional.empty();
    }
    try (var content = Dashboard.class.getResourceAsStream("/dashboard/" + path)) {
      if (content == null) {
        return Optional.empty();
      }
      var bytes = content.readAllBytes();
      var etag = "\"" + HexFormat.of().formatHex(Sha256.of(bytes), 0, 8) + "\"";
      var asset = new Asset(bytes, type, etag);
      known.put(path, asset);
      return Optional.of(asset);
    }
  }
}
