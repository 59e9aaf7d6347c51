package dev.millwright.codegen.adapter.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.adapter.recipes.RecipeProcess.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Always with an empty local repository: the wanted version has never been seen.
class UpgradeDependencyTest {
  private static final String HEAD =
      """
      <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.acme</groupId>
          <artifactId>shop</artifactId>
          <version>1</version>
      """;
  private static final String LITERAL =
      HEAD
          + """
              <dependencies>
                  <!-- escapes -->
                  <dependency>
                      <groupId>org.apache.commons</groupId>
                      <artifactId>commons-text</artifactId>
                      <version>1.9</version> <!-- oldest that works -->
                  </dependency>
              </dependencies>
          </project>
          """;
  private static final String PROPERTY =
      LITERAL
          .replace(
              "    <dependencies>",
              "    <properties><text>1.9</text></properties>\n    <dependencies>")
          .replace("<version>1.9", "<version>${text}");

  @TempDir Path root;
  private RecipeProcess checkout = new RecipeProcess(Path.of(""));

  @BeforeEach
  void make() {
    checkout = new RecipeProcess(root);
  }

  @Test
  void a_literal_version_is_set_and_nothing_else() throws Exception {
    checkout.with("pom.xml", LITERAL);

    Ended ended = upgrade("1.10.0");

    assertThat(ended.summary())
        .as(ended.errors())
        .isEqualTo("1 file changed, 1 lines added, 1 removed");
    assertThat(checkout.read("pom.xml"))
        .isEqualTo(LITERAL.replace("<version>1.9", "<version>1.10.0"));
  }

  @Test
  void a_property_is_followed_into_the_parent() throws Exception {
    String parent = HEAD + "    <properties><text>1.9</text></properties>\n</project>\n";
    checkout.with("pom.xml", parent);
    String module = LITERAL.replace("<version>1.9", "<version>${text}");
    checkout.with("web/pom.xml", module);

    Ended ended = upgrade("1.10.0");

    assertThat(ended.changed()).containsExactly("pom.xml");
    assertThat(checkout.read("pom.xml")).isEqualTo(parent.replace("1.9", "1.10.0"));
  }

  @Test
  void a_property_that_comes_from_outside_is_set_here() throws Exception {
    checkout.with("pom.xml", LITERAL.replace("<version>1.9", "<version>${text}"));

    Ended ended = upgrade("1.10.0");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(checkout.read("pom.xml"))
        .contains("<text>1.10.0</text>", "<version>${text}</version>");
    assertThat(ended.messages()).anyMatch(message -> message.contains("comes from outside"));
  }

  @Test
  void dependency_management_counts() throws Exception {
    String managed =
        LITERAL
            .replace("    <dependencies>", "    <dependencyManagement><dependencies>")
            .replace("</dependencies>\n", "</dependencies></dependencyManagement>\n");
    checkout.with("pom.xml", managed);

    upgrade("1.10.0");

    assertThat(checkout.read("pom.xml"))
        .isEqualTo(managed.replace("<version>1.9", "<version>1.10.0"));
  }

  @Test
  void a_dependency_without_a_version_is_pinned_in_dependency_management() throws Exception {
    checkout.with("pom.xml", LITERAL.replaceAll("\\s*<version>1.9.*-->", ""));

    Ended ended = upgrade("1.10.0");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(checkout.read("pom.xml"))
        .contains(
            """
                <dependencyManagement>
                    <dependencies>
                        <dependency>
                            <groupId>org.apache.commons</groupId>
                            <artifactId>commons-text</artifactId>
                            <version>1.10.0</version>
                        </dependency>
                    </dependencies>
                </dependencyManagement>
            """);
  }

  @Test
  void a_version_never_goes_down() throws Exception {
    checkout.with("pom.xml", PROPERTY);

    Ended ended = upgrade("1.8");

    assertThat(ended.status()).isEqualTo("unchanged");
    assertThat(ended.messages()).anyMatch(message -> message.endsWith("at 1.9 already"));
  }

  @Test
  void a_property_shared_with_others_is_said() throws Exception {
    String shared =
        PROPERTY.replace(
            "    </dependencies>",
            """
                <dependency>
                    <groupId>com.other</groupId>
                    <artifactId>friend</artifactId>
                    <version>${text}</version>
                </dependency>
            </dependencies>\
            """);
    checkout.with("pom.xml", shared);

    Ended ended = upgrade("1.10.0");

    assertThat(checkout.read("pom.xml")).isEqualTo(shared.replace(">1.9<", ">1.10.0<"));
    assertThat(ended.messages()).anyMatch(message -> message.contains("com.other:friend"));
  }

  @Test
  void a_library_nobody_uses_changes_nothing() throws Exception {
    checkout.with("pom.xml", HEAD + "</project>\n");

    Ended ended = upgrade("1.10.0");

    assertThat(ended.status()).as(ended.errors()).isEqualTo("unchanged");
    assertThat(ended.messages())
        .anyMatch(message -> message.equals("no pom uses org.apache.commons:commons-text"));
  }

  private Ended upgrade(String version) throws Exception {
    return checkout.run(
        "upgrade-dependency",
        "group",
        "org.apache.commons",
        "artifact",
        "commons-text",
        "version",
        version);
  }
}
