package dev.millwright.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.http.Operation.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  @TempDir Path data;

  private Tokens tokens() {
    return new Tokens(Map.of("ci", "configured"), new TokenFile(data));
  }

  @Test
  void a_token_made_while_the_server_runs_is_known_at_once() {
    var tokens = tokens();
    assertThat(tokens.holder("Bearer mw_unknown")).isEmpty();

    var secret = new TokenFile(data).create("ann", Role.READER, NOW).orElseThrow();

    assertThat(tokens.holder("Bearer " + secret)).map(Caller::name).contains("ann");
    assertThat(tokens.holder("Bearer configured")).map(Caller::role).contains(Role.ADMIN);
  }

  @Test
  void the_secret_is_nowhere_on_disk() throws IOException {
    var secret = new TokenFile(data).create("ann", Role.ADMIN, NOW).orElseThrow();

    assertThat(Files.readString(data.resolve("tokens.json"))).doesNotContain(secret.substring(3));
    assertThat(Files.getPosixFilePermissions(data.resolve("tokens.json"))).hasSize(2);
  }

  @Test
  void a_name_is_given_once_and_can_be_taken_back() {
    var file = new TokenFile(data);
    file.create("ann", Role.DECIDER, NOW);

    assertThat(file.create("ann", Role.ADMIN, NOW)).isEmpty();
    assertThat(file.list())
        .singleElement()
        .extracting(TokenFile.Entry::role)
        .isEqualTo(Role.DECIDER);
    assertThat(file.revoke("ann")).isTrue();
    assertThat(file.revoke("ann")).isFalse();
    assertThat(file.list()).isEmpty();
  }

  @Test
  void a_damaged_file_lets_nobody_new_in_and_nobody_out() throws IOException {
    var secret = new TokenFile(data).create("ann", Role.READER, NOW).orElseThrow();
    var tokens = tokens();
    assertThat(tokens.holder("Bearer " + secret)).isPresent();

    Files.writeString(data.resolve("tokens.json"), "{\"tokens\": [{");

    assertThat(tokens.holder("Bearer mw_unknown")).isEmpty();
    assertThat(tokens.holder("Bearer " + secret)).isPresent();
  }

  @Test
  void each_role_may_more_than_the_one_before() {
    assertThat(Role.READER.may(Access.LOOK)).isTrue();
    assertThat(Role.READER.may(Access.SUBMIT)).isFalse();
    assertThat(Role.DECIDER.may(Access.DECIDE)).isTrue();
    assertThat(Role.DECIDER.may(Access.OPERATE)).isFalse();
    assertThat(Role.ADMIN.may(Access.OPERATE)).isTrue();
    assertThat(Role.STRANGER.may(Access.DECIDE)).isFalse();
    assertThat(Role.parse("stranger")).isEmpty();
  }
}
