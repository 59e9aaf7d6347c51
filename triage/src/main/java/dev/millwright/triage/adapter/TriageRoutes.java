package dev.millwright.triage.adapter;

import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Body;
import dev.millwright.shared.http.Operation.Param;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// The way in: `POST /api/v1/signals` takes plain JSON and CloudEvents, and answers once the item
/// is durable.
public final class TriageRoutes {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final Pattern WEB = Pattern.compile("https?://[^\\s\\p{Cntrl}]+");
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int RANDOM_CHARACTERS = 13;
  private static final int MOST_LABEL_CHARACTERS = 100;

  private final Items items;
  private final Supplier<String> publicUrl;
  private final SecureRandom random = new SecureRandom();

  /// @param publicUrl what an item's address starts with, without a slash at its end
  public TriageRoutes(Items items, Supplier<String> publicUrl) {
    this.items = items;
    this.publicUrl = publicUrl;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            new Operation(
                Operation.Verb.POST,
                "/api/v1/signals",
                new Operation.About(
                    "signals",
                    "Bring a signal",
                    "Plain JSON, or CloudEvents 1.0: structured, or binary with `ce-` headers and"
                        + " JSON data. The same key always lands on the same item. Without a `key`"
                        + " a signal is named by its Idempotency-Key, else by chance."),
                Operation.Access.SUBMIT,
                List.of(Param.header(IDEMPOTENCY_KEY, "names the signal, so it can be sent again")),
                List.of(
                    new Body("application/json", SignalBody.class, false),
                    new Body(CloudEvents.STRUCTURED, CloudEventBody.class, false)),
                List.of(
                    Answer.json(202, "durable, and on its way", Received.class),
                    Answer.json(200, "the item was there already", Received.class),
                    Answer.error(413, "more than a mebibyte"),
                    Answer.error(415, "neither JSON nor a CloudEvent"),
                    Answer.error(422, "understood but invalid; `field` says where"),
                    Answer.error(503, "no room now, come back after Retry-After seconds"))),
            this::receive));
  }

  private CompletionStage<HttpResponse> receive(Call call) {
    var signal = signal(call);
    return unchanged(call, signal)
        .thenCompose(_ -> items.receive(signal))
        .thenApply(it -> received(it, signal));
  }

  /// An Idempotency-Key names one request: with another body it is a mistake of the sender, and
  /// must not change what the first one asked for.
  private CompletionStage<Void> unchanged(Call call, Signal signal) {
    if (idempotencyKey(call).filter(it -> signal.key().value().equals("task:" + it)).isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return earlier(ItemId.of(signal.key()), signal)
        .thenCompose(first ->
            first.isPresent()
                ? CompletableFuture.completedFuture(first)
                : earlier(ItemId.distinct(signal.key()), signal))
        .thenAccept(first -> {
          if (first.filter(it -> !it.equals(signal)).isPresent()) {
            throw ApiError.invalid(
                    IDEMPOTENCY_KEY, "`Idempotency-Key` was used before with another body")
                .hint("send the same body again, or a new key")
                .exception();
          }
        });
  }

  private CompletionStage<Optional<Signal>> earlier(ItemId id, Signal signal) {
    return items
        .get(id)
        .thenApply(it ->
            it.map(item -> item.dossier().context().signal())
                .filter(known -> known.key().equals(signal.key())));
  }

  private HttpResponse received(Items.Received received, Signal signal) {
    var id = received.id().value();
    return Answers.json(
        received.duplicate() ? 200 : 202,
        new Received(
            id, signal.key().value(), received.duplicate(), publicUrl.get() + "/items/" + id));
  }

  private Signal signal(Call call) {
    var idempotencyKey = idempotencyKey(call);
    var body =
        CloudEvents.isStructured(call)
            ? CloudEvents.structured(call)
            : CloudEvents.isBinary(call) ? CloudEvents.binary(call) : plain(call);
    var caller = call.caller();
    if (!caller.operates() && body.key() != null) {
      throw ApiError.forbidden(
              "key_not_allowed", "only operators may name a signal, others could reopen any item")
          .hint("leave out `key`, or send a token")
          .exception();
    }
    var key = Optional.ofNullable(body.key()).or(() -> idempotencyKey.map(it -> "task:" + it));
    return new Signal(
        key(key.orElseGet(() -> "task:" + random())),
        caller.operates() ? or(body.source(), "http") : "http",
        new Author(or(body.author(), caller.name()), caller.trust()),
        request(body),
        facts(body.facts()),
        link(body.link()));
  }

  private static SignalBody plain(Call call) {
    if (call.body().length == 0) {
      throw ApiError.malformed("the body is empty, a JSON object with a `title` was expected")
          .exception();
    }
    return call.read(SignalBody.class);
  }

  private static Request request(SignalBody body) {
    if (body.title().isBlank()) {
      throw ApiError.invalid("title", "`title` must say something, it is blank")
          .hint("one line that says what is to be done")
          .exception();
    }
    var labels = body.labels() == null ? List.<String>of() : body.labels();
    for (var at = 0; at < labels.size(); at++) {
      if (labels.get(at).isBlank() || labels.get(at).length() > MOST_LABEL_CHARACTERS) {
        var field = "labels[" + at + "]";
        throw ApiError.invalid(
                field, "`%s` must have 1 to %d characters".formatted(field, MOST_LABEL_CHARACTERS))
            .hint("a label is a word or two")
            .exception();
      }
    }
    return new Request(
        body.title().strip(),
        or(body.body(), ""),
        body.kind(),
        labels,
        body.priority() == null ? 0 : body.priority(),
        body.repo(),
        body.agent());
  }

  private static Map<String, String> facts(@Nullable Map<String, String> given) {
    var facts = given == null ? Map.<String, String>of() : given;
    for (var fact : facts.entrySet()) {
      if (fact.getKey().length() > Facts.MOST_NAME_CHARACTERS
          || fact.getValue().length() > Facts.MOST_VALUE_CHARACTERS) {
        throw ApiError.invalid(
                "facts",
                "`facts` must have names of at most %d and values of at most %d characters"
                    .formatted(Facts.MOST_NAME_CHARACTERS, Facts.MOST_VALUE_CHARACTERS))
            .hint("long texts belong in `body`")
            .exception();
      }
    }
    return facts;
  }

  /// A link is shown to people as one: nothing but the web may hide behind it.
  private static @Nullable String link(@Nullable String given) {
    if (given != null && !WEB.matcher(given).matches()) {
      throw ApiError.invalid("link", "`link` must be an http or https address")
          .hint("such as https://example.com/issues/7")
          .exception();
    }
    return given;
  }

  private static SignalKey key(String value) {
    try {
      return new SignalKey(value);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("key", String.valueOf(e.getMessage()))
          .hint("such as github:acme/orders#218")
          .exception();
    }
  }

  private static Optional<String> idempotencyKey(Call call) {
    var given = call.header(IDEMPOTENCY_KEY);
    if (given.filter(it -> !PRINTABLE.matcher(it).matches()).isPresent()) {
      throw ApiError.invalid(
              IDEMPOTENCY_KEY, "`Idempotency-Key` must be 1 to 200 printable characters")
          .hint("a UUID is one")
          .exception();
    }
    return given;
  }

  private String random() {
    var bytes = new byte[RANDOM_CHARACTERS];
    random.nextBytes(bytes);
    var text = new StringBuilder();
    for (var each : bytes) {
      text.append(BASE32.charAt(each & (BASE32.length() - 1)));
    }
    return text.toString();
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null || given.isBlank() ? otherwise : given;
  }
}
