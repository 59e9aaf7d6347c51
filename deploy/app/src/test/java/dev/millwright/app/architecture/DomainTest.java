package dev.millwright.app.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The rules of the factory can be read, run and tested without the factory.
class DomainTest {
  /// A stage's rules, and the nouns that all stages share.
  private static final String[] RULES = {
    "dev.millwright.*.domain..",
    "dev.millwright.shared.signal..",
    "dev.millwright.shared.workitem..",
    "dev.millwright.shared.policy..",
  };

  /// What a person has set, as records; how they are read from files is not for the domain.
  private static final DescribedPredicate<JavaClass> SETTINGS =
      DescribedPredicate.describe(
          "are settings records",
          type ->
              type.getPackageName().equals("dev.millwright.shared.settings")
                  && type.getName().replaceAll("\\$.*", "").endsWith("Settings"));

  private static final Set<String> CLOCK_READERS = Set.of("currentTimeMillis", "nanoTime");

  @Test
  void the_domain_is_plain_java() {
    hold(
        classes()
            .that()
            .resideInAPackage("dev.millwright.*.domain..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("java..", "org.jspecify..")
                    .or(resideInAnyPackage(RULES))
                    .or(SETTINGS))
            .because("rules that know no framework outlive it"));
  }

  @Test
  void settings_given_to_the_domain_are_plain_data() {
    hold(
        classes()
            .that(SETTINGS)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("java..", "org.jspecify..", "dev.millwright.shared.settings..")
                    .or(resideInAnyPackage(RULES))));
  }

  @Test
  void the_domain_reads_no_clock_and_rolls_no_dice() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(RULES)
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe("reads the clock or chance", DomainTest::isImpure))
            .because("the same journal must always give the same state; time is an argument"));
  }

  @Test
  void the_domain_does_no_input_or_output() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage("dev.millwright.*.domain..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.sql..", "java.nio.channels.."));
  }

  private static boolean isImpure(JavaAccess<?> access) {
    var owner = access.getTargetOwner();
    var name = access.getName();
    return (owner.getPackageName().equals("java.time") && name.equals("now"))
        || (owner.isEquivalentTo(System.class) && CLOCK_READERS.contains(name))
        || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
        || (owner.isEquivalentTo(InstantSource.class) && name.equals("system"))
        || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
        || owner.isAssignableTo(Random.class)
        || (owner.isEquivalentTo(Math.class) && name.equals("random"));
  }

  private static void hold(ArchRule rule) {
    rule.allowEmptyShould(true).check(Code.CLASSES);
  }
}
