package dev.millwright.shared.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/// Words for what is not HTTP: refused before any route sees it. Named in `HttpServer`'s settings
/// and loaded by its class name, as a Scala object, hence the field.
public final class ParsingErrors extends ParsingErrorHandler {
  @SuppressWarnings({"checkstyle:ConstantName", "unused"})
  public static final ParsingErrors MODULE$ = new ParsingErrors();

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    log.debug("refused a request that is not HTTP: {}", info.summary());
    return Answers.error(error(status.intValue()));
  }

  private static ApiError error(int status) {
    return switch (status) {
      case 413 -> ApiError.tooLarge(HttpServer.MOST_BODY_BYTES);
      case 414 -> ApiError.of(414, "uri_too_long", "the address is too long");
      case 431 -> ApiError.of(431, "headers_too_large", "the headers are too large");
      case 501 -> ApiError.of(501, "unknown_method", "this method is not known here");
      case 505 -> ApiError.of(505, "http_version", "HTTP/1.0 and HTTP/1.1 are spoken here");
      default -> ApiError.malformed("this is not a well-formed HTTP request");
    };
  }
}
