package dev.millwright.shared.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing the interface can do, declared once: the served routes, the OpenAPI document and the
/// reference page all come from it.
///
/// @param path starts with `/`; `{name}` stands for one segment, a last `**` for any rest
/// @param bodies the media types it reads, empty when it reads none
/// @param answers what it answers besides the errors every operation may give
public record Operation(
    Verb verb,
    String path,
    About about,
    Access access,
    List<Param> params,
    List<Body> bodies,
    List<Answer> answers) {
  public Operation {
    params = List.copyOf(params);
    bodies = List.copyOf(bodies);
    answers = List.copyOf(answers);
  }

  /// The methods in use; a `HEAD` is served wherever a `GET` is.
  public enum Verb {
    GET,
    POST
  }

  /// Who may.
  public enum Access {
    /// Anybody, even where tokens are required.
    OPEN,
    /// Whoever may see the factory's work.
    LOOK,
    /// Whoever may bring a signal.
    SUBMIT,
    /// Whoever may decide about items and hand over work: a decider's or an admin's token, or
    /// somebody on this machine where there are no tokens.
    DECIDE,
    /// Only who runs the factory: an admin's token, or somebody on this machine where there are no
    /// tokens.
    OPERATE
  }

  /// A group, a sentence, and more if one is not enough.
  public record About(String tag, String summary, String detail) {}

  /// A query parameter or header.
  ///
  /// @param oneOf the only values it takes, empty for any
  public record Param(Where where, String name, String about, String type, List<String> oneOf) {
    public Param {
      oneOf = List.copyOf(oneOf);
    }

    /// Where a parameter stands.
    public enum Where {
      QUERY,
      HEADER;

      String wire() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public static Param query(String name, String about, String... oneOf) {
      return new Param(Where.QUERY, name, about, "string", Arrays.asList(oneOf));
    }

    public static Param number(String name, String about) {
      return new Param(Where.QUERY, name, about, "integer", List.of());
    }

    public static Param header(String name, String about) {
      return new Param(Where.HEADER, name, about, "string", List.of());
    }
  }

  /// A body that is read.
  ///
  /// @param shape the JSON it holds, `null` where it is no JSON
  /// @param required whether the operation can do without
  /// @param mostBytes larger ones are refused
  public record Body(
      String mediaType, @Nullable Class<? extends Record> shape, boolean required, int mostBytes) {
    public Body(String mediaType, Class<? extends Record> shape, boolean required) {
      this(mediaType, shape, required, HttpServer.MOST_BODY_BYTES);
    }

    /// Bytes that are no JSON.
    public static Body bytes(String mediaType, int mostBytes) {
      return new Body(mediaType, null, true, mostBytes);
    }
  }

  /// An answer it gives.
  ///
  /// @param shape the JSON body, empty for another media type or none
  public record Answer(
      int status, String about, Optional<String> mediaType, Optional<Class<?>> shape) {
    public static Answer json(int status, String about, Class<?> shape) {
      return new Answer(status, about, Optional.of("application/json"), Optional.of(shape));
    }

    public static Answer of(int status, String about, String mediaType) {
      return new Answer(status, about, Optional.of(mediaType), Optional.empty());
    }

    public static Answer error(int status, String about) {
      return json(status, about, ApiError.Body.class);
    }
  }

  /// A `GET` that looks and answers JSON.
  public static Operation look(String path, String tag, String summary, Answer... answers) {
    return new Operation(
        Verb.GET,
        path,
        new About(tag, summary, ""),
        Access.LOOK,
        List.of(),
        List.of(),
        Arrays.asList(answers));
  }

  /// A `POST` by which somebody decides.
  public static Operation decide(
      String path, String tag, String summary, Body body, Answer... answers) {
    return operate(path, tag, summary, body, answers).with(Access.DECIDE);
  }

  /// A `POST` only operators may send.
  public static Operation operate(
      String path, String tag, String summary, Body body, Answer... answers) {
    return new Operation(
        Verb.POST,
        path,
        new About(tag, summary, ""),
        Access.OPERATE,
        List.of(),
        List.of(body),
        Arrays.asList(answers));
  }

  public Operation taking(Param... more) {
    return new Operation(verb, path, about, access, Arrays.asList(more), bodies, answers);
  }

  public Operation open() {
    return with(Access.OPEN);
  }

  private Operation with(Access newAccess) {
    return new Operation(verb, path, about, newAccess, params, bodies, answers);
  }

  public Operation detailed(String detail) {
    var more = new About(about.tag(), about.summary(), detail);
    return new Operation(verb, path, more, access, params, bodies, answers);
  }

  /// The most a body of it may have.
  int mostBytes() {
    return bodies.stream().mapToInt(Body::mostBytes).max().orElse(HttpServer.MOST_BODY_BYTES);
  }

  List<String> segments() {
    return Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
  }
}
