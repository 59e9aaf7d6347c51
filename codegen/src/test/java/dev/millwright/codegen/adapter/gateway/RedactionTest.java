package dev.millwright.codegen.adapter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String SAID = "a sk-secret sk-secret-2 ü€😀sk-secret\nsk-secre t";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 100})
  void a_secret_is_found_however_it_is_cut(int piece) {
    var redaction = new Redaction(List.of("sk-secret", ""));
    var told = new StringBuilder();
    var bytes = SAID.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += piece) {
      var next = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      told.append(redaction.passed(next, next.length));
    }
    told.append(redaction.ended());

    assertThat(told.toString()).isEqualTo("a [secret] [secret]-2 ü€😀[secret]\nsk-secre t");
  }
}
