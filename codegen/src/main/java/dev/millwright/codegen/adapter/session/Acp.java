package dev.millwright.codegen.adapter.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Any agent that speaks ACP. What each needs to find its model, and to leave a checkout's own
/// configuration alone, is data: one line a quirk.
///
/// @param ignoresCheckout whether it is known to run nothing that a checkout names, by a switch
/// @param hidden what of a checkout it must not see, where no switch helps
/// @param environment by the place it finds itself in
/// @param files what its home must hold
record Acp(
    boolean ignoresCheckout,
    List<String> hidden,
    Function<Launch.Place, Map<String, String>> environment,
    Function<Launch.Place, Map<String, String>> files)
    implements Dialect {

  /// An agent nobody has described: it gets the usual names for a provider's address and key.
  static final Acp OTHER =
      new Acp(
          false,
          List.of(),
          place ->
              Map.of(
                  "OPENAI_BASE_URL", place.url() + "/v1",
                  "OPENAI_API_KEY", place.token(),
                  "ANTHROPIC_BASE_URL", place.url(),
                  "ANTHROPIC_API_KEY", place.token(),
                  "GEMINI_API_KEY", place.token(),
                  "GOOGLE_GEMINI_BASE_URL", place.url()),
          _ -> Map.of());

  /// It must not relaunch itself as a child that outlives it, nor be told to trust the folder. In a
  /// folder it does not trust it starts no MCP server, ours neither, so it calls from its shell.
  static final Acp GEMINI =
      new Acp(
          true,
          List.of(),
          place ->
              Map.of(
                  "GEMINI_API_KEY", place.token(),
                  "GOOGLE_GEMINI_BASE_URL", place.url(),
                  "GEMINI_MODEL", place.model(),
                  "GEMINI_CLI_NO_RELAUNCH", "true"),
          Acp::gemini);

  private static Map<String, String> gemini(Launch.Place place) {
    var files = new HashMap<String, String>();
    files.put(
        ".gemini/settings.json",
        "{\"security\":{\"auth\":{\"selectedType\":\"gemini-api-key\"}},"
            + "\"privacy\":{\"usageStatisticsEnabled\":false},"
            + "\"general\":{\"disableAutoUpdate\":true,\"disableUpdateNag\":true}}");
    if (!place.intents().isEmpty()) {
      files.put(".gemini/intent", ShellIntents.script(place.intents()));
      files.put(".gemini/GEMINI.md", ShellIntents.guide(place.home() + "/.gemini/intent"));
    }
    return files;
  }

  /// Its switch leaves out a checkout's servers, tools and old settings; the newer half of it reads
  /// these all the same, from the folder it is started in up to the top of the repository, which is
  /// one and the same here, and runs their plugins: `HostileCheckoutTest` sees it.
  static final Acp OPENCODE =
      new Acp(
          false,
          List.of(".opencode", "opencode.json", "opencode.jsonc"),
          place ->
              Map.of(
                  "OPENCODE_CONFIG_CONTENT", opencode(place),
                  "OPENCODE_DISABLE_AUTOUPDATE", "1",
                  "OPENCODE_DISABLE_MODELS_FETCH", "1",
                  "OPENCODE_DISABLE_LSP_DOWNLOAD", "1",
                  "OPENCODE_DISABLE_DEFAULT_PLUGINS", "1",
                  "OPENCODE_DISABLE_PROJECT_CONFIG", "1",
                  "OPENCODE_DISABLE_SHARE", "1"),
          // It would fetch what plugins are made with; this says that it has.
          _ ->
              Map.of(
                  ".config/opencode/node_modules/.keep",
                  "",
                  ".config/opencode/package-lock.json",
                  "{\"packages\":{\"\":{\"dependencies\":{\"@opencode-ai/plugin\":\"*\"}}}}"));

  /// The quirks of the program with this name.
  static Acp of(String program) {
    return switch (program) {
      case "gemini" -> GEMINI;
      case "opencode" -> OPENCODE;
      default -> OTHER;
    };
  }

  private static String opencode(Launch.Place place) {
    var config = Peer.object().put("model", "millwright/" + place.model());
    config.put("small_model", "millwright/" + place.model());
    var provider = config.putObject("provider").putObject("millwright");
    provider.put("npm", "@ai-sdk/openai-compatible").put("name", "millwright");
    provider.putObject("options").put("baseURL", place.url() + "/v1").put("apiKey", place.token());
    provider.putObject("models").putObject(place.model()).put("name", place.model());
    // What leads out of its checkout is asked for, and decided by policy. Whoever is refused is
    // told and goes on; else its turn would be over.
    config.putObject("permission").put("edit", "ask").put("webfetch", "ask").put("bash", "allow");
    config.putObject("experimental").put("continue_loop_on_deny", true);
    return config.toString();
  }

  @Override
  public Launch launch(Launch.Place place, Wanted session) {
    var all = new HashMap<>(environment.apply(place));
    all.put("HOME", place.home());
    return new Launch(List.of(), all, files.apply(place));
  }

  @Override
  public Protocol protocol(Launch.Place place, Wanted session, Talk talk) {
    return new AcpProtocol(place, talk);
  }
}
