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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'generationConfig':{'maxOutputTokens':65536}}|65536",
        "{'generation_config':{'max_output_tokens':65536}}|65536",
        "{'contents':[{'generationConfig':{'maxOutputTokens':9}}],"
            + "'generationConfig':{'a':{'maxOutputTokens':9},'b':[9],'maxOutputTokens':77,'c':1}}|77",
        "{'generationConfig':{'a':[]},'max_tokens':5,'generationConfig':{'maxOutputTokens':4}}|5",
        "{'generationConfig':{'maxOutputTokens':'70000'}}|70000",
        "{'generationConfig':{'maxOutputTokens':70000,'cut o|70000",
        "{'generationConfig':{'maxOutputTokens':1e30}}|10000000",
        "{'generationConfig':{'maxOutputTokens':'1e999'}}|10000000",
      })
  void the_most_that_gemini_is_asked_for_is_known(String body, long most) {
    assertThat(output(body.replace('\'', '"'))).isEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'generationConfig':{'maxOutputTokens':-9}}",
        "{'generationConfig':{'maxOutputTokens':-1e30,'max_output_tokens':0}}",
        "{'generationConfig':{'maxOutputTokens':'NaN'}}",
        "{'generationConfig':{'maxOutputTokens':'many'}}",
        "{'generationConfig':{'maxOutputTokens':{'maxOutputTokens':9}}}",
        "{'generationConfig':{'maxOutputTokens':[9],'max_tokens':9}}",
        "{'generationConfig':[{'maxOutputTokens':9}]}",
        "{'generationConfig':9}",
        "{'maxOutputTokens':9}",
        "{'contents':{'generationConfig':{'maxOutputTokens':9}}}",
        "{'max_tokens':{'generationConfig':{'maxOutputTokens':9}}}",
        "{'generationConfig':{'generationConfig':{'maxOutputTokens':9}}}",
      })
  void what_limits_nothing_is_no_limit(String body) {
    assertThat(output(body.replace('\'', '"'))).isEqualTo(4_096);
  }

  @Test
  void a_models_name_among_the_settings_of_gemini_is_left_alone() {
    var body =
        "{\"generationConfig\":{\"model\":\"x\",\"maxOutputTokens\":9}}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(Outline.of(body).names()).isEmpty();
  }

  @Test
  void who_asks_for_nothing_is_believed_to_want_the_usual() {
    assertThat(output("{\"max_tokens\":null}")).isEqualTo(4_096).isEqualTo(output("[]"));
  }

  private static long output(String body) {
    return Outline.of(body.getBytes(StandardCharsets.UTF_8)).output();
  }
}
