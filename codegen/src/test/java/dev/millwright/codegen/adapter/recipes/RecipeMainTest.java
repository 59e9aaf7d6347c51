package dev.millwright.codegen.adapter.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeMainTest {
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.acme</groupId>
        <artifactId>shop</artifactId>
        <version>1</version>
      </project>
      """;
  private static final String MONEY =
      """
      package com.acme;

      public class Money {
        /** Old. */
        @Deprecated
        public static Money of(double amount) {
          return ofMajor(amount);
        }

        public static Money ofMajor(double amount) {
          return new Money();
        }
      }
      """;
  private static final String SHOP =
      """
      package com.acme.shop;

      import java.util.Set;
      import com.acme.Money;
      import java.util.List;

      /** Sells. */
      class Shop {
        // the entry price, see the terms
        Money entry = Money.of( 4.50 ); // odd blanks stay
        List<Money> prices = List.of(Money.of(1));
      }
      """;

  @TempDir Path root;
  private RecipeProcess checkout;

  @BeforeEach
  void make() {
    checkout = new RecipeProcess(root);
    checkout.with("pom.xml", POM);
    checkout.with("src/main/java/com/acme/Money.java", MONEY);
    checkout.with("src/main/java/com/acme/shop/Shop.java", SHOP);
  }

  private static final String SHOP_FILE = "src/main/java/com/acme/shop/Shop.java";

  @Test
  void a_method_whose_successor_exists_moves_its_uses_only() throws Exception {
    var ended = checkout.run("change-method", "from", "com.acme.Money of(double)", "to", "ofMajor");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.changed()).containsExactly(SHOP_FILE);
    assertThat(checkout.read(SHOP_FILE)).isEqualTo(SHOP.replace("Money.of(", "Money.ofMajor("));
    assertThat(checkout.read("src/main/java/com/acme/Money.java")).isEqualTo(MONEY);
  }

  @Test
  void a_method_without_a_successor_is_renamed_where_it_is_declared_too() throws Exception {
    var ended = checkout.run("change-method", "from", "com.acme.Money of(double)", "to", "major");

    assertThat(ended.summary()).isEqualTo("2 files changed, 3 lines added, 3 removed");
    assertThat(checkout.read("src/main/java/com/acme/Money.java"))
        .isEqualTo(MONEY.replace(" of(", " major("));
  }

  @Test
  void a_type_moves_with_its_import() throws Exception {
    checkout.with(
        "src/main/java/com/acme/money/Cash.java", "package com.acme.money;\n\nclass Cash {}\n");

    var ended = checkout.run("change-type", "from", "com.acme.Money", "to", "com.acme.money.Cash");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(checkout.read(SHOP_FILE))
        .contains("import com.acme.money.Cash;", "List<Cash> prices", "// the entry price")
        .doesNotContain("com.acme.Money;");
  }

  @Test
  void a_package_moves_with_its_files() throws Exception {
    var ended = checkout.run("change-package", "from", "com.acme.shop", "to", "com.acme.store");

    assertThat(ended.changed())
        .containsExactlyInAnyOrder(SHOP_FILE, "src/main/java/com/acme/store/Shop.java");
    assertThat(checkout.read("src/main/java/com/acme/store/Shop.java"))
        .isEqualTo(SHOP.replace("package com.acme.shop", "package com.acme.store"));
    assertThat(root.resolve(SHOP_FILE)).doesNotExist();
  }

  @Test
  void unused_imports_go_and_the_rest_stays() throws Exception {
    checkout.run("remove-unused-imports");

    assertThat(checkout.read(SHOP_FILE)).isEqualTo(SHOP.replace("import java.util.Set;\n", ""));
  }

  @Test
  void imports_are_put_in_order() throws Exception {
    var ended = checkout.run("order-imports");

    assertThat(ended.changed()).containsExactly(SHOP_FILE);
    assertThat(checkout.read(SHOP_FILE).indexOf("com.acme.Money"))
        .isLessThan(checkout.read(SHOP_FILE).indexOf("java.util.List"));
  }

  @Test
  void a_property_changes_in_properties_and_yaml_with_comments_kept() throws Exception {
    checkout.with("app.properties", "# why\nserver.port=80\nother=80\n");
    checkout.with("app.yml", "server:\n  port: 80 # why\nother: 80\n");

    var ended = checkout.run("change-property", "key", "server.port", "value", "8080");

    assertThat(ended.changed()).containsExactlyInAnyOrder("app.properties", "app.yml");
    assertThat(checkout.read("app.properties")).isEqualTo("# why\nserver.port=8080\nother=80\n");
    assertThat(checkout.read("app.yml")).isEqualTo("server:\n  port: 8080 # why\nother: 80\n");
  }

  @Test
  void any_recipe_on_the_class_path_runs_by_its_class() throws Exception {
    checkout.with("app.yml", "a: 1\n");

    var ended = checkout.run("org.openrewrite.yaml.ChangeKey", "oldKeyPath", "$.a", "newKey", "b");

    assertThat(ended.status()).as(ended.errors()).isEqualTo("changed");
    assertThat(checkout.read("app.yml")).isEqualTo("b: 1\n");
  }

  @Test
  void marks_of_searching_recipes_do_not_end_up_in_the_sources() throws Exception {
    var ended =
        checkout.run(
            "org.openrewrite.java.search.FindMethods", "methodPattern", "com.acme.* *(..)");

    assertThat(ended.status()).as(ended.errors()).isEqualTo("unchanged");
    assertThat(checkout.read(SHOP_FILE)).isEqualTo(SHOP);
  }

  @Test
  void several_recipes_build_on_each_other() throws Exception {
    var ended =
        checkout.send(
            """
            {"recipes": [
              {"recipe": "change-method",
               "options": {"from": "com.acme.Money of(double)", "to": "ofMajor"}},
              {"recipe": "remove-unused-imports"},
              {"recipe": "changelog-entry", "options": {"section": "Changed", "text": "Prices."}}
            ]}\
            """);

    assertThat(ended.changed()).containsExactly("CHANGELOG.md", SHOP_FILE);
    assertThat(checkout.read(SHOP_FILE))
        .isEqualTo(
            SHOP.replace("Money.of(", "Money.ofMajor(").replace("import java.util.Set;\n", ""));
  }

  @Test
  void a_second_run_finds_nothing_to_do() throws Exception {
    checkout.run("remove-unused-imports");
    var ended = checkout.run("remove-unused-imports");

    assertThat(ended.code()).isZero();
    assertThat(ended.status()).isEqualTo("unchanged");
    assertThat(ended.changed()).isEmpty();
  }

  @Test
  void a_source_that_cannot_be_parsed_is_reported_and_the_rest_is_done() throws Exception {
    checkout.with("src/main/java/com/acme/Broken.java", "package com.acme; class { ((( \"");

    var ended = checkout.run("remove-unused-imports");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.changed()).containsExactly(SHOP_FILE);
    assertThat(ended.messages()).anyMatch(message -> message.contains("Broken.java"));
  }
}
