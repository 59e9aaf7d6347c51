package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.adapter.RecipesAgent;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real recipes in a real JVM in the real sandbox, as an item meets them.
class RecipesAgentTest {
  private Path folder;
  private Bench bench;

  @BeforeEach
  void set_up() throws Exception {
    folder = Bench.temporary();
    bench = new Bench(folder);
  }

  @AfterEach
  void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void a_recipe_becomes_a_commit() throws Exception {
    bench.write("Money.java", "class Money {\n  static void of() {}\n}\n");
    bench.write("Till.java", "class Till {\n  void open() {\n    Money.of();\n  }\n}\n");

    var result = run(Map.of("recipe", "change-method", "from", "Money of()", "to", "exactly"));

    assertThat(result.outcome()).as("%s", bench.said).isInstanceOf(Outcome.Advance.class);
    var change = Bench.change(result);
    assertThat(bench.text(change, "Money.java")).contains("static void exactly()");
    assertThat(bench.text(change, "Till.java")).contains("Money.exactly();");
    assertThat(change.size().files()).isEqualTo(2);
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void a_recipe_that_is_not_there_is_refused_for_good_and_said() throws Exception {
    refused(run(Map.of("recipe", "java.lang.Runtime")), "recipe");
    refused(run(Map.of("recipe", "change-method", "from", "x")), "options");
    refused(run(Map.of()), "names no recipe");
  }

  private static void refused(StageResult result, String reason) {
    assertThat(result.part()).isNull();
    assertThat(result.outcome())
        .isNotInstanceOf(Outcome.Advance.class)
        .extracting(Outcome::reason)
        .asString()
        .contains(reason);
  }

  private StageResult run(Map<String, String> instructions) throws Exception {
    var agent =
        new RecipesAgent("shell", bench.sandbox, Limits.DEFAULT, RecipesAgent.Jvm.ofThisProcess());
    return bench.run(agent, told(instructions));
  }

  private static Context told(Map<String, String> instructions) {
    var context = Bench.context();
    var contract = context.contract().orElseThrow();
    return context.with(
        Stage.TRIAGE,
        new Contract(
            contract.task(),
            contract.boundary(),
            new Contract.Environment(List.of(), instructions),
            contract.verification(),
            contract.deliverable(),
            contract.route(),
            contract.judgement()));
  }
}
