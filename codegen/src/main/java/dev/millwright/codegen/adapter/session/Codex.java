package dev.millwright.codegen.adapter.session;

import java.util.List;
import java.util.Map;

/// `codex app-server`.
final class Codex implements Dialect {
  @Override
  public Launch launch(Launch.Place place, Wanted session) {
    return new Launch(
        List.of(),
        Map.of(
            "CODEX_HOME",
            place.home() + "/.codex",
            "HOME",
            place.home(),
            "MILLWRIGHT_MODEL_TOKEN",
            place.token(),
            "RUST_LOG",
            "error"),
        Map.of(".codex/config.toml", config(place)));
  }

  /// A checkout's own `.codex/config.toml` may name programs to start; `untrusted` stops that.
  private static String config(Launch.Place place) {
    return """
    %2$s
    model_provider = "millwright"
    check_for_update_on_startup = false

    [model_providers.millwright]
    name = "millwright"
    base_url = "%1$s/v1"
    wire_api = "responses"
    env_key = "MILLWRIGHT_MODEL_TOKEN"
    request_max_retries = 1
    stream_max_retries = 1

    [analytics]
    enabled = false

    [features]
    plugins = false
    default_mode_request_user_input = true

    [shell_environment_policy]
    inherit = "core"
    exclude = ["MILLWRIGHT_MODEL_TOKEN"]

    [projects."%3$s"]
    trust_level = "untrusted"
    """
        .formatted(place.url(), model(place.model()), place.folder());
  }

  /// Where nobody names one, Codex' own default, or what its command says.
  private static String model(String name) {
    return name.isEmpty() ? "" : "model = \"" + quoted(name) + "\"";
  }

  private static String quoted(String name) {
    return name.replaceAll("[\"\\\\\\p{Cntrl}]", "");
  }

  @Override
  public Protocol protocol(Launch.Place place, Wanted session, Talk talk) {
    return new CodexProtocol(place, talk);
  }
}
