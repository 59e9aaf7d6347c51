package dev.millwright.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Knowledge runs one way: `shared` ← each stage ← the app.
class DirectionsTest {
  @SuppressWarnings("unused") // read by @FieldSource
  static final Iterable<String> STAGES = Code.STAGES;

  @ParameterizedTest
  @FieldSource("STAGES")
  void stages_do_not_know_each_other(String stage) {
    var others =
        Code.STAGES.stream()
            .filter(other -> !other.equals(stage))
            .map(other -> "dev.millwright." + other + "..")
            .toArray(String[]::new);

    hold(
        noClasses()
            .that()
            .resideInAPackage("dev.millwright." + stage + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others)
            .because("what stages say to one another is a type in shared"));
  }

  @Test
  void shared_knows_no_stage_and_nobody_knows_the_app() {
    var stages =
        Code.STAGES.stream().map(stage -> "dev.millwright." + stage + "..").toArray(String[]::new);

    hold(
        noClasses()
            .that()
            .resideInAPackage("dev.millwright.shared..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(stages));
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.millwright.app..", "dev.millwright.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.millwright.app.."));
  }

  @Test
  void only_the_app_picks_adapters() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.millwright.*.adapter..", "dev.millwright.app..", "dev.millwright.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.millwright.*.adapter..")
            .because("a stage names the port; which adapter stands behind it is the app's choice"));
  }

  @Test
  void ports_know_no_actor() {
    hold(
        noClasses()
            .that()
            .resideInAPackage("dev.millwright.*.port..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.millwright.*.actor..", "org.apache.pekko.."));
  }

  @Test
  void only_the_workspace_package_starts_processes() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.millwright.shared.workspace..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .because("one thread starts every process, so that none outlives its attempt unseen"));
  }

  @Test
  void actors_do_not_wait() {
    hold(
        noClasses()
            .that()
            .resideInAPackage("dev.millwright.*.actor..")
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "waits for a future or for time",
                    call -> waits(call.getTargetOwner(), call.getName())))
            .because("an actor's thread is lent; answers come back as messages"));
  }

  private static boolean waits(JavaClass owner, String method) {
    return (owner.isEquivalentTo(Thread.class) && method.equals("sleep"))
        || (owner.isAssignableTo(Future.class) && (method.equals("get") || method.equals("join")));
  }

  private static void hold(ArchRule rule) {
    rule.allowEmptyShould(true).check(Code.CLASSES);
  }
}
