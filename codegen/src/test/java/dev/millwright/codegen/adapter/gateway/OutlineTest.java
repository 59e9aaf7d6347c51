package dev.millwright.codegen.adapter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"x\",\"a\":1.50}|{\"model\":\"m\\\"2\",\"a\":1.50}",
        "{ \"a\" : [{\"model\": \"x\"}], \"model\" : \"x-ü€😀\" }"
            + "|{ \"a\" : [{\"model\": \"x\"}], \"model\" : \"m\\\"2\" }",
        "{\"model\":\"x\",\"mod\\u0065l\":\"y\"}|{\"model\":\"m\\\"2\",\"mod\\u0065l\":\"m\\\"2\"}",
        "{\"model\":\"x\",\"input\":\"cut o|{\"model\":\"m\\\"2\",\"input\":\"cut o",
        "{\"model\":7}|{\"model\":7}",
        "[{\"model\":\"x\"}]|[{\"model\":\"x\"}]",
        "no json|no json",
      })
  void only_the_models_name_is_replaced(String body, String renamed) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThat(new String(Outline.of(bytes).renamed(bytes, "m\"2"), StandardCharsets.UTF_8))
        .isEqualTo(renamed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_tokens", "max_output_tokens", "max_completion_tokens"})
  void the_most_it_asks_for_is_known(String field) {
    assertThat(output("{\"input\":{\"" + field + "\":9},\"" + field + "\":77}")).isEqualTo(77);
    assertThat(output("{\"max_tokens\":5,\"" + field + "\":1e30}")).isEqualTo(10_000_000);
  }

  @Test
  void who_asks_for_nothing_is_believed_to_want_the_usual() {
    assertThat(output("{\"max_tokens\":null}")).isEqualTo(4_096).isEqualTo(output("[]"));
  }

  private static long output(String body) {
    return Outline.of(body.getBytes(StandardCharsets.UTF_8)).output();
  }
}
