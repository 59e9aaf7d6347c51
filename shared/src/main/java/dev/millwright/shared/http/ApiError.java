package dev.millwright.shared.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every refusal looks like from outside: `{"error": {"code", "message", "field"?, "hint"?}}`.
///
/// @param code a stable word programs may depend on
/// @param message a sentence for people; never a stack trace, never a library's wording
/// @param field the field, parameter or header at fault
/// @param hint what to do about it
/// @param headers response headers that belong to the status, such as `Retry-After`
public record ApiError(
    int status,
    String code,
    String message,
    @Nullable String field,
    @Nullable String hint,
    Map<String, String> headers) {
  public ApiError {
    headers = Map.copyOf(headers);
  }

  public static ApiError of(int status, String code, String message) {
    return new ApiError(status, code, message, null, null, Map.of());
  }

  /// The request cannot be read at all.
  public static ApiError malformed(String message) {
    return of(400, "malformed", message);
  }

  /// The request was understood, but something in it cannot be.
  public static ApiError invalid(String field, String message) {
    return new ApiError(422, "invalid", message, field, null, Map.of());
  }

  public static ApiError forbidden(String code, String message) {
    return of(403, code, message);
  }

  public static ApiError notFound(String code, String message) {
    return of(404, code, message);
  }

  public static ApiError conflict(String code, String message) {
    return of(409, code, message);
  }

  public static ApiError tooLarge(long most) {
    return of(413, "too_large", "a request body may have at most " + most + " bytes");
  }

  /// The factory has no room now; the same request may succeed in a moment.
  public static ApiError busy(String message) {
    return of(503, "busy", message)
        .with("Retry-After", "1")
        .hint("nothing was kept; send it again after Retry-After seconds");
  }

  /// Nobody knows whether it was done.
  static ApiError unanswered() {
    return of(503, "unanswered", "the factory did not answer in time")
        .with("Retry-After", "5")
        .hint("it may have been done: look, or send it again with the same key");
  }

  public ApiError hint(String hint) {
    return new ApiError(status, code, message, field, hint, headers);
  }

  public ApiError with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiError(status, code, message, field, hint, more);
  }

  public ApiException exception() {
    return new ApiException(this);
  }

  /// The body of the response.
  public Body body() {
    return new Body(
        new Detail(code, message, Optional.ofNullable(field), Optional.ofNullable(hint)));
  }

  /// What is written for an error.
  public record Body(Detail error) {}

  /// What went wrong.
  public record Detail(
      @Field(about = "a stable word programs may depend on") String code,
      @Field(about = "a sentence for people") String message,
      @Field(about = "the field, parameter or header at fault") Optional<String> field,
      @Field(about = "what to do about it") Optional<String> hint) {}
}
