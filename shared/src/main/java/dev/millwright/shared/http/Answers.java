package dev.millwright.shared.http;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Makes the responses handlers give.
public final class Answers {
  private static final HttpHeader NO_STORE = HttpHeader.parse("Cache-Control", "no-store");

  private Answers() {}

  public static HttpResponse json(int status, Object body) {
    return HttpResponse.create()
        .withStatus(StatusCodes.lookup(status).orElse(StatusCodes.INTERNAL_SERVER_ERROR))
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(body)))
        .addHeader(NO_STORE);
  }

  public static HttpResponse error(ApiError error) {
    var response = json(error.status(), error.body());
    for (var header : error.headers().entrySet()) {
      response = response.addHeader(HttpHeader.parse(header.getKey(), header.getValue()));
    }
    return response;
  }

  /// Text that may be long, streamed.
  public static HttpResponse text(MediaType.WithOpenCharset type, Source<ByteString, ?> text) {
    return HttpResponse.create()
        .withEntity(
            HttpEntities.createChunked(
                type.toContentType(org.apache.pekko.http.javadsl.model.HttpCharsets.UTF_8), text))
        .addHeader(NO_STORE);
  }

  public static HttpResponse plain(String text) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, text))
        .addHeader(NO_STORE);
  }

  /// `text/x-diff`.
  public static MediaType.WithOpenCharset diff() {
    return MediaTypes.customWithOpenCharset("text", "x-diff", java.util.Map.of(), true);
  }
}
