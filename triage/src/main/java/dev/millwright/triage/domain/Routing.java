package dev.millwright.triage.domain;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds the repository and the agent for a piece of work, or the question to ask.
final class Routing {
  private static final int MOST_SEARCHED_CHARACTERS = 4_000;

  /// The fact that names work somebody began already.
  private static final String HANDOVER = "handover";

  private Routing() {}

  /// What was found, or what a person has to say.
  sealed interface Found<T> {
    record Known<T>(T value, double confidence, String why) implements Found<T> {}

    record Ask<T>(String question) implements Found<T> {}
  }

  static Found<RepoSettings> repository(Context context, List<RepoSettings> repos) {
    var signal = context.signal();
    var asked = signal.request().repo();
    if (asked != null && !asked.isBlank()) {
      return named(asked, repos)
          .map(repo -> known(repo, 1.0, "the sender names repository " + repo.name()))
          .or(() -> answered(context, repos))
          .orElseGet(
              () -> ask("Repository \"" + Words.line(asked, 80) + "\" is not known here", repos));
    }
    return answered(context, repos)
        .or(() -> keyed(signal, repos))
        .or(() -> mentioned(signal.request(), repos))
        .or(() ->
            repos.size() == 1
                ? Optional.of(known(repos.getFirst(), 0.9, "it is the only repository here"))
                : Optional.empty())
        .orElseGet(() -> ask("Nothing says which repository this is about", repos));
  }

  static Found<AgentSettings> agent(
      Context context,
      Kind kind,
      RepoSettings repo,
      TriageSettings settings,
      Experience experience) {
    var signal = context.signal();
    var asked = signal.request().agent();
    if (asked != null && !asked.isBlank()) {
      return settings
          .agent(asked.strip())
          .map(agent -> known(agent, 1.0, "the sender names agent " + agent.name()))
          .or(() -> answered(context, settings))
          .orElseGet(() ->
              new Found.Ask<>(
                  "Agent \""
                      + Words.line(asked, 80)
                      + "\" is not known here. Which one: "
                      + names(settings)
                      + "?"));
    }
    var mechanical =
        signal.facts().containsKey("recipe")
            || ((kind == Kind.DEPENDENCY || kind == Kind.VULNERABILITY)
                && Dependency.of(signal.facts()).isPresent());
    var recipes = settings.recipes().filter(_ -> mechanical);
    if (recipes.isPresent()) {
      return known(recipes.get(), 0.95, "a recipe can do it, so no model is needed");
    }
    if (signal.facts().containsKey(HANDOVER) && settings.forWords().isEmpty()) {
      return known(
          settings.agent(TriageSettings.AS_IS).orElseThrow(),
          1.0,
          "it was handed over, and no agent here could add to it");
    }
    return AgentChoice.of(settings.forWords(), kind, repo.name(), experience)
        .<Found<AgentSettings>>map(it -> known(it.value(), it.confidence(), it.why()))
        .orElseGet(() ->
            new Found.Ask<>(
                settings.agents().isEmpty()
                    ? "No agent is configured. Which program should do this? Add it under"
                        + " `agents` and retry."
                    : "Only recipes are configured and the signal names none. Which recipe"
                        + " should do this? Send the signal again with it."));
  }

  private static Optional<Found<RepoSettings>> answered(Context context, List<RepoSettings> repos) {
    return Answers.latest(context)
        .flatMap(answer -> only(repos, answer))
        .map(repo -> known(repo, 1.0, "a person answered " + repo.name()));
  }

  private static Optional<Found<AgentSettings>> answered(Context context, TriageSettings settings) {
    return Answers.latest(context)
        .flatMap(answer -> settings.agent(answer.strip()))
        .map(agent -> known(agent, 1.0, "a person answered " + agent.name()));
  }

  private static Optional<Found<RepoSettings>> keyed(Signal signal, List<RepoSettings> repos) {
    var key = signal.key().value();
    var at = key.lastIndexOf('@');
    var colon = key.indexOf(':');
    if (key.startsWith("osv:") && at > 0) {
      return named(key.substring(at + 1), repos)
          .map(repo -> known(repo, 1.0, "the signal's key names " + repo.name()));
    }
    if (colon < 0 || !key.contains("/")) {
      return Optional.empty();
    }
    return named(key.substring(colon + 1).replaceFirst("#.*|/\\d+$", ""), repos)
        .map(repo -> known(repo, 1.0, "the signal's key names " + repo.name()));
  }

  private static Optional<Found<RepoSettings>> mentioned(
      Request request, List<RepoSettings> repos) {
    var text = request.title() + "\n" + request.body();
    return only(repos, text.substring(0, Math.min(text.length(), MOST_SEARCHED_CHARACTERS)))
        .map(repo -> known(repo, 0.7, "only repository " + repo.name() + " is mentioned"));
  }

  /// The one repository a text mentions; two are as good as none.
  private static Optional<RepoSettings> only(List<RepoSettings> repos, String text) {
    var named =
        repos.stream()
            .filter(repo ->
                Pattern.compile(
                        "(?<![\\w-])" + Pattern.quote(Words.lower(repo.name())) + "(?![\\w-])")
                    .matcher(Words.lower(text))
                    .find())
            .toList();
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  /// By its name here, or by the end of its address: `acme/orders` is `git@host:acme/orders.git`.
  private static Optional<RepoSettings> named(String asked, List<RepoSettings> repos) {
    var name = bare(asked);
    return repos.stream()
        .filter(repo -> Words.lower(repo.name()).equals(name))
        .findFirst()
        .or(() ->
            repos.stream()
                .filter(repo -> {
                  var url = bare(repo.url());
                  return url.equals(name) || url.endsWith("/" + name) || url.endsWith(":" + name);
                })
                .findFirst());
  }

  private static String bare(String address) {
    return Words.lower(address.strip()).replaceFirst("/+$", "").replaceFirst("\\.git$", "");
  }

  private static Found<RepoSettings> ask(String why, List<RepoSettings> repos) {
    var names = repos.stream().map(RepoSettings::name).limit(20).collect(Collectors.joining(", "));
    return new Found.Ask<>(
        repos.isEmpty()
            ? why + ", and none is configured. Add it under `repos` and retry."
            : why + ". Which one is it: " + names + "?");
  }

  private static String names(TriageSettings settings) {
    return settings.agents().stream().map(AgentSettings::name).collect(Collectors.joining(", "));
  }

  private static <T> Found<T> known(T value, double confidence, String why) {
    return new Found.Known<>(value, confidence, why);
  }
}
