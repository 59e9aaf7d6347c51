package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.ApiException;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.HttpServer;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Body;
import dev.millwright.shared.http.Operation.Param;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.adapter.webhook.Delivery.Standing;
import dev.millwright.triage.adapter.webhook.Delivery.Verdict;
import dev.millwright.triage.domain.Ruling;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /hooks/KIND/NAME`: proves a delivery on its very bytes, keeps it, and only then says so.
final class HookRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(HookRoutes.class);
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_GIVEN_SECRETS = 10;
  private static final String HANDSHAKE = "x-hook-secret";

  /// Not a header's name, so that none can pass for it.
  private static final String TOKEN = "token in the address";

  private final Supplier<IntakeSettings> settings;
  private final Inbox inbox;
  private final GivenSecrets given;
  private final Judge judge;
  private final InboxWorker worker;
  private final Refusals refusals;
  private final Clock clock;

  HookRoutes(
      Supplier<IntakeSettings> settings,
      Inbox inbox,
      GivenSecrets given,
      Judge judge,
      InboxWorker worker,
      Refusals refusals,
      Clock clock) {
    this.settings = settings;
    this.inbox = inbox;
    this.given = given;
    this.judge = judge;
    this.worker = worker;
    this.refusals = refusals;
    this.clock = clock;
  }

  /// What a sender is told of a delivery that was taken in.
  record Taken(String deliveryId, boolean duplicate) {}

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            operation("/hooks/{kind}", "Receive a webhook, the only one of its kind"),
            this::receive),
        new Endpoint(
            operation("/hooks/{kind}/{name}", "Receive a webhook by its name"), this::receive));
  }

  private static Operation operation(String path, String summary) {
    return new Operation(
        Operation.Verb.POST,
        path,
        new Operation.About(
            "webhooks",
            summary,
            "Anybody may call; the provider's signature is the credential, and `kind` says whose:"
                + " `github`, `gitlab`, `gitea`, `linear`, `jira`, `asana`, `sentry`,"
                + " `alertmanager`, `pagerduty`, `slack` or `generic`. What is answered with 202 or"
                + " 204 has been kept. See `docs/webhooks.md`."),
        Operation.Access.OPEN,
        List.of(Param.query("token", "for `asana`: `webhooks.*.secret`, at the handshake")),
        List.of(
            Body.bytes("application/json", HttpServer.MOST_BODY_BYTES),
            Body.bytes("application/x-www-form-urlencoded", HttpServer.MOST_BODY_BYTES)),
        List.of(
            Answer.json(202, "kept, and something will come of it", Taken.class),
            Answer.of(204, "kept and understood, and nothing is to be done", "application/json"),
            Answer.of(200, "what the provider expects to hear", "application/json"),
            Answer.error(401, "no good signature, or too old"),
            Answer.error(404, "no such webhook in the settings"),
            Answer.error(413, "more than a mebibyte"),
            Answer.error(415, "neither JSON nor a form"),
            Answer.error(503, "no room now, or the webhook has no secret")));
  }

  private CompletionStage<HttpResponse> receive(Call call) {
    var kind = call.path().getOrDefault("kind", "");
    var hook = hook(kind, call.path().get("name"));
    var letter = letter(call);
    return Blocking.call(() -> take(hook, letter, clock.instant()));
  }

  private HttpResponse take(WebhookSettings hook, Letter letter, Instant now) {
    var provider = Provider.of(hook.kind());
    if (letter.headers().containsKey(HANDSHAKE) && hook.kind().equals("asana")) {
      return handshake(hook, letter, now);
    }
    hold(provider.prove(letter, hook, secrets(hook), now), hook, now);
    if (worker.waiting() > MOST_WAITING) {
      throw ApiError.busy("too many deliveries wait").with("Retry-After", "30").exception();
    }
    var payload = payload(provider, hook, letter, now);
    hold(provider.fresh(payload, now), hook, now);
    var reply = provider.reply(payload);
    if (reply.isPresent() && !reply.get().kept()) {
      return Answers.json(200, reply.get().body());
    }
    var delivery = delivery(provider, hook, letter, payload, now);
    var standing = judged(delivery, now);
    var isNew = inbox.keep(delivery.with(standing));
    worker.look();
    return reply
        .map(it -> Answers.json(200, it.body()))
        .orElseGet(() ->
            standing.status() == Delivery.Status.DONE
                ? HttpResponse.create().withStatus(StatusCodes.NO_CONTENT)
                : Answers.json(202, new Taken(delivery.id(), !isNew)));
  }

  /// Asana gives the secret instead of being given one, in a first request that proves nothing: the
  /// address must have the token in it that only its operator knows. What was given is kept before
  /// it is said back.
  private HttpResponse handshake(WebhookSettings hook, Letter letter, Instant now) {
    var tokens = Proof.inUse(hook.secrets().current(), hook.secrets().previous());
    hold(Proof.token(letter.header(TOKEN), tokens), hook, now);
    var secret = letter.header(HANDSHAKE);
    if (!secret.matches("[\\x21-\\x7e]{8,255}")) {
      throw ApiError.invalid("X-Hook-Secret", "`X-Hook-Secret` is no secret").exception();
    }
    given.keep(hook.name(), new Secret(secret), now);
    return HttpResponse.create()
        .withStatus(StatusCodes.OK)
        .addHeader(HttpHeader.parse("X-Hook-Secret", secret));
  }

  private List<Secret> secrets(WebhookSettings hook) {
    return hook.kind().equals("asana")
        ? given.of(hook.name(), MOST_GIVEN_SECRETS)
        : Proof.inUse(hook.secrets().current(), hook.secrets().previous());
  }

  private static Delivery delivery(
      Provider provider, WebhookSettings hook, Letter letter, Payload payload, Instant now) {
    var named = provider.delivery(letter, payload, hook);
    return new Delivery(
        Delivery.idOf(hook.name(), named.isBlank() ? Delivery.hash(letter.body()) : named),
        hook.name(),
        hook.kind(),
        provider.event(letter, payload),
        Delivery.kept(letter, provider),
        now,
        Standing.fresh(now));
  }

  /// What is not to become anything is done with at once; for the rest, and where judging fails,
  /// the worker judges again.
  private Standing judged(Delivery delivery, Instant now) {
    try {
      var rulings = judge.judge(delivery);
      if (!rulings.isEmpty() && rulings.stream().allMatch(Ruling.Nothing.class::isInstance)) {
        var closest = (Ruling.Nothing) rulings.getFirst();
        return Standing.done(
            now,
            Verdict.NOTHING,
            closest.rule(),
            rulings.stream().map(Ruling::reason).distinct().collect(Collectors.joining("; ")));
      }
    } catch (RuntimeException e) {
      LOG.warn("event=JudgingFailed delivery={} cause=\"{}\"", delivery.id(), e.toString());
    }
    return Standing.fresh(now);
  }

  /// A signed body that cannot be read is kept too: it says why nothing happened.
  private Payload payload(Provider provider, WebhookSettings hook, Letter letter, Instant now) {
    try {
      return letter.payload();
    } catch (ApiException e) {
      var delivery =
          new Delivery(
              Delivery.idOf(hook.name(), Delivery.hash(letter.body())),
              hook.name(),
              hook.kind(),
              "",
              Delivery.kept(letter, provider),
              now,
              Standing.dead(now, 0, e.error().message()));
      var _ = inbox.keep(delivery);
      throw e;
    }
  }

  private void hold(Proof proof, WebhookSettings hook, Instant now) {
    switch (proof) {
      case Proof.Good _ -> {}
      case Proof.Bad(var reason) -> {
        refusals.count(hook.name(), reason, now);
        throw ApiError.of(401, "not_proven", "this delivery does not prove who sent it: " + reason)
            .hint("the secret at the provider and webhooks.*.secret must be the same")
            .exception();
      }
    }
  }

  private WebhookSettings hook(String kind, @Nullable String name) {
    var all = settings.get().webhooks().values();
    var fitting =
        all.stream()
            .filter(it -> it.kind().equals(kind) && (name == null || it.name().equals(name)))
            .toList();
    if (fitting.size() != 1) {
      throw ApiError.notFound("no_such_hook", "there is no such webhook here")
          .hint(
              fitting.isEmpty()
                  ? "add it under webhooks in the settings: {kind: …, secret: $…}"
                  : "there are several of this kind: add its name to the address")
          .exception();
    }
    var hook = fitting.getFirst();
    if (hook.secrets().current().isEmpty()) {
      LOG.warn(
          "event=DeliveryRefused hook={} fix=\"set webhooks.{}.secret\"", hook.name(), hook.name());
      refusals.count(hook.name(), "no secret in the settings", clock.instant());
      throw ApiError.of(
              503, "hook_without_secret", "this webhook has no secret, so it proves nothing")
          .with("Retry-After", "300")
          .hint("whoever runs this factory has to set webhooks.*.secret")
          .exception();
    }
    return hook;
  }

  private static Letter letter(Call call) {
    var headers = new HashMap<String, String>();
    call.request()
        .getHeaders()
        .forEach(header -> headers.put(header.lowercaseName(), header.value()));
    call.param("token").ifPresent(token -> headers.put(TOKEN, token));
    headers.put(
        "content-type",
        call.request().entity().getContentType().toString().toLowerCase(Locale.ROOT));
    return new Letter(headers, call.body());
  }
}
