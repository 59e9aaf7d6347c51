package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.triage.adapter.ScriptedBoard;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a kind's own keys are read, as Symphony's lines C12 to C17 say.
final class ProviderKeysTest {
  private static ProviderKeys keys(Map<String, Object> provider, Map<String, String> environment) {
    return new ProviderKeys(Given.settings("linear", provider, List.of(), List.of()), environment);
  }

  private static String key(Map<String, Object> provider, Map<String, String> environment) {
    return keys(provider, environment).secret("api_key", "api_token", "LINEAR_API_KEY").reveal();
  }

  @Test
  void C12_unknown_keys_are_kept_and_do_not_matter() {
    var keys = keys(Map.of("favourite_colour", "green", "api_key", "k"), Map.of());

    keys.secret("api_key", "api_token", "LINEAR_API_KEY");

    assertThat(keys.made(() -> new ScriptedBoard("backlog", List.of(), List.of())))
        .isInstanceOf(MadeBoard.Ready.class);
  }

  @Test
  void C14_a_named_variable_counts_then_the_usual_one() {
    var named = Map.<String, Object>of("api_key", "$MY_KEY");

    assertThat(key(named, Map.of("MY_KEY", "mine", "LINEAR_API_KEY", "usual"))).isEqualTo("mine");
    assertThat(key(named, Map.of("LINEAR_API_KEY", "usual"))).isEqualTo("usual");
    assertThat(key(named, Map.of("MY_KEY", "", "LINEAR_API_KEY", "usual"))).isEmpty();
  }

  @Test
  void C15_a_key_that_is_left_out_is_the_usual_variable() {
    assertThat(key(Map.of(), Map.of("LINEAR_API_KEY", "usual"))).isEqualTo("usual");
    assertThat(
            keys(Map.of(), Map.of("LINEAR_ASSIGNEE", "me")).optional("assignee", "LINEAR_ASSIGNEE"))
        .isEqualTo("me");
  }

  @Test
  void C16_what_is_written_out_is_never_overridden() {
    assertThat(key(Map.of("api_key", "written"), Map.of("LINEAR_API_KEY", "usual")))
        .isEqualTo("written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"env:MY_KEY", "$MY-KEY", "${MY_KEY}", "x$MY_KEY"})
  void C17_any_other_form_is_plain_text(String written) {
    assertThat(key(Map.of("api_key", written), Map.of("MY_KEY", "mine"))).isEqualTo(written);
  }

  @Test
  void everything_wrong_is_said_at_once_with_the_fix() {
    var provider = new LinkedHashMap<String, Object>();
    provider.put("endpoint", "http://linear.example");
    provider.put("project_slug", 17);

    var made =
        LinearBoard.make(
            Given.settings("linear", provider, List.of(), List.of()), Map.of(), Networks.PATIENT);

    assertThat(((MadeBoard.Unusable) made).wrong())
        .extracting(MadeBoard.Wrong::code)
        .containsExactly(
            "invalid_linear_endpoint", "missing_linear_api_token", "invalid_linear_project_slug");
    assertThat(((MadeBoard.Unusable) made).wrong().get(1))
        .satisfies(it -> {
          assertThat(it.category()).isEqualTo(Category.SECRET);
          assertThat(it.toString()).contains("provider.api_key", "set LINEAR_API_KEY");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "with space", "ünïcode", "tab\there"})
  void a_secret_that_no_header_can_carry_is_refused_without_showing_it(String secret) {
    var keys = keys(Map.of("api_key", secret), Map.of());

    keys.secret("api_key", "api_token", "LINEAR_API_KEY");
    var made =
        (MadeBoard.Unusable) keys.made(() -> new ScriptedBoard("backlog", List.of(), List.of()));

    assertThat(made.fault().code()).isEqualTo("invalid_linear_api_token");
    assertThat(made.toString()).doesNotContain(secret);
  }

  @Test
  void an_address_with_a_password_does_not_show_it() {
    var keys = keys(Map.of("endpoint", "https://ada:hunter2@linear.example"), Map.of());

    keys.address("endpoint", "", "https://api.linear.app/graphql");
    var made =
        (MadeBoard.Unusable) keys.made(() -> new ScriptedBoard("backlog", List.of(), List.of()));

    assertThat(made.fault().reason()).contains("it names a user").doesNotContain("hunter2");
  }

  @Test
  void states_of_github_are_open_closed_or_labels() {
    var provider = Map.<String, Object>of("repo", "acme/orders", "token", "t");
    var settings = Given.settings("github", provider, List.of("Todo"), List.of("open"));

    var made = (MadeBoard.Unusable) GithubBoard.make(settings, Map.of(), Networks.PATIENT);

    assertThat(made.wrong())
        .extracting(MadeBoard.Wrong::code)
        .containsExactly("invalid_github_states", "invalid_github_states");
  }
}
