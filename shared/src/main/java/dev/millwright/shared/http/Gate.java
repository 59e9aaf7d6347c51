package dev.millwright.shared.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Decides who a request is from and whether it may do what it asks.
///
/// On the operator's own machine without tokens the danger is the operator's browser: a foreign
/// page can send requests to loopback, directly or through a name it points there. So names are
/// checked (DNS rebinding), and what changes something must come from a page of ours or from no
/// page at all.
public final class Gate {
  /// What only a proxy adds: the caller is then not who the connection says.
  private static final List<String> PROXY_HEADERS =
      List.of(
          "Forwarded",
          "Via",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "CF-Connecting-IP");

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final HttpSettings settings;

  public Gate(HttpSettings settings) {
    this.settings = settings;
  }

  /// The caller, or an `ApiException` that says why not.
  public Caller admit(HttpRequest request, Operation operation) {
    named(request);
    if (operation.access() == Operation.Access.OPEN) {
      return Caller.ANONYMOUS;
    }
    if (operation.verb() == Operation.Verb.POST) {
      sameOrigin(request);
    }
    var caller = caller(request);
    if (!caller.may(operation.access())) {
      throw caller.role() == Role.STRANGER
          ? ApiError.forbidden(
                  "not_an_operator", "only operators may do this, and this request came by a proxy")
              .hint("configure a token and send it as Authorization: Bearer")
              .exception()
          : ApiError.forbidden(
                  "role_too_small",
                  "the token of " + caller.name() + " is a " + caller.role().wire() + "'s")
              .hint("this takes the token of somebody who may do more")
              .exception();
    }
    return caller;
  }

  private Caller caller(HttpRequest request) {
    var authorization = header(request, "Authorization");
    // Beyond this machine nobody gets in without a token, even when the last one was revoked.
    if (settings.tokens().isEmpty() && settings.refusal().isEmpty()) {
      return loopback(request) && PROXY_HEADERS.stream().noneMatch(it -> has(request, it))
          ? Caller.OPERATOR
          : Caller.ANONYMOUS;
    }
    return authorization
        .flatMap(settings.tokens()::holder)
        .orElseThrow(() ->
            ApiError.of(
                    401,
                    authorization.isPresent() ? "bad_token" : "no_token",
                    authorization.isPresent()
                        ? "this token is not valid here"
                        : "this factory asks for a token")
                .hint("send it as Authorization: Bearer, or as the password of Basic")
                // Not Basic: a browser would ask by itself, before the dashboard can
                .with("WWW-Authenticate", "Bearer realm=\"Millwright\"")
                .exception());
  }

  /// A name that somebody else's DNS points here is refused; addresses cannot be rebound, and with
  /// tokens a foreign page has nothing to send along.
  private void named(HttpRequest request) {
    var host = header(request, "Host").map(it -> it.toLowerCase(Locale.ROOT)).orElse("");
    var name = host.replaceFirst(":\\d*$", "");
    var known =
        name.isEmpty()
            || name.equals("localhost")
            || name.endsWith(".localhost")
            || ADDRESS.matcher(name).matches()
            || name.equals(settings.host().toLowerCase(Locale.ROOT))
            || publicHost().filter(name::equals).isPresent();
    if (!known && settings.tokens().isEmpty()) {
      throw ApiError.forbidden(
              "unknown_host", "this factory is not known as '" + Shape.shown(name) + "'")
          .hint("use its address, or set server.public_url to the name it has")
          .exception();
    }
  }

  private void sameOrigin(HttpRequest request) {
    var site = header(request, "Sec-Fetch-Site").orElse("none");
    var origin = header(request, "Origin");
    var foreign =
        !(site.equals("none") || site.equals("same-origin"))
            || origin.filter(it -> !ours(it, request)).isPresent();
    if (foreign) {
      throw ApiError.forbidden(
              "foreign_origin", "a page of another origin may not change anything here")
          .hint("behind a proxy, set server.public_url to the address browsers see")
          .exception();
    }
  }

  private boolean ours(String origin, HttpRequest request) {
    try {
      var authority = URI.create(origin).getAuthority();
      return authority != null
          && (header(request, "Host").filter(authority::equalsIgnoreCase).isPresent()
              || Optional.ofNullable(settings.publicUrl())
                  .map(URI::getAuthority)
                  .filter(authority::equalsIgnoreCase)
                  .isPresent());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<String> publicHost() {
    return Optional.ofNullable(settings.publicUrl())
        .map(URI::getHost)
        .map(it -> it.toLowerCase(Locale.ROOT));
  }

  private static boolean loopback(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(address -> address.getAddress())
        .filter(address -> address.isLoopbackAddress())
        .isPresent();
  }

  private static boolean has(HttpRequest request, String name) {
    return request.getHeader(name).isPresent();
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
