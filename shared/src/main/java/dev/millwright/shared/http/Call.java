package dev.millwright.shared.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// One request after the gate and the checks its declaration asks for.
///
/// @param path the values of the path's `{names}`, and `**` for the rest
/// @param query the declared query parameters that were given
/// @param body what was sent, empty without one
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Call(
    HttpRequest request,
    Caller caller,
    Map<String, String> path,
    Map<String, String> query,
    byte[] body) {
  public Optional<String> header(String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  public String mediaType() {
    return request.entity().getContentType().mediaType().toString();
  }

  public Optional<String> param(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /// A declared number between two limits.
  public int number(String name, int least, int most, int otherwise) {
    var given = query.get(name);
    if (given == null) {
      return otherwise;
    }
    try {
      var number = Integer.parseInt(given);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw ApiError.invalid(
            name,
            "`%s` must be a whole number from %d to %d, got '%s'"
                .formatted(name, least, most, Shape.shown(given)))
        .exception();
  }

  public JsonNode json() {
    return Json.parse(body);
  }

  /// The body as a record; one that may be left out reads as `{}`.
  public <T extends Record> T read(Class<T> shape) {
    return Json.read(body.length == 0 ? Json.object() : json(), shape);
  }

  /// Whether the client's cached copy is still the one.
  public boolean has(String etag) {
    return header("If-None-Match").filter(given -> given.contains(etag)).isPresent();
  }
}
