package dev.millwright.shared.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.settings.SettingsFile.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsWatchTest {
  @TempDir Path folder;
  private Path file;
  private SettingsWatch live;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("millwright.yaml");
    Files.writeString(file, "policy: {autonomy: review}\n");
    live = SettingsWatch.of(List.of(file), ((Reading.Good) read()).settings(), this::read);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void a_change_counts_from_the_next_question_on() throws Exception {
    replace("policy: {autonomy: propose}\nline: {codegen: 9}\n");

    await().untilAsserted(() -> assertThat(autonomy()).isEqualTo(Autonomy.PROPOSE));
    assertThat(live.problems()).isEmpty();
  }

  @Test
  void a_board_that_is_added_is_there() throws Exception {
    replace("boards: [{name: backlog, kind: linear}]\n");

    await().untilAsserted(() -> assertThat(live.get().intake().boards()).containsKey("backlog"));
    assertThat(live.problems()).isEmpty();
  }

  @Test
  void a_mistake_leaves_the_last_good_ones_in_force_and_is_said_until_it_is_mended()
      throws Exception {
    replace("policy:\n  autonomy: revue\n");

    await()
        .untilAsserted(() ->
            assertThat(live.problems())
                .singleElement()
                .asString()
                .startsWith("millwright.yaml:2: policy.autonomy: 'revue'"));
    assertThat(autonomy()).isEqualTo(Autonomy.REVIEW);
    assertThat(live.unusable()).isNotEmpty();
    replace("policy: {autonomy: report}\n");
    await().untilAsserted(() -> assertThat(autonomy()).isEqualTo(Autonomy.REPORT));
    await().untilAsserted(() -> assertThat(live.unusable()).isEmpty());
    assertThat(live.problems()).isEmpty();
  }

  @Test
  void what_the_factory_stands_on_stays_and_that_is_said() throws Exception {
    replace("server: {port: 9}\ndata: elsewhere\npolicy: {autonomy: report}\n");

    await().untilAsserted(() -> assertThat(autonomy()).isEqualTo(Autonomy.REPORT));
    assertThat(live.problems())
        .hasSize(2)
        .allSatisfy(said -> assertThat(said).contains("cannot change while the factory runs"));
    assertThat(live.get().server()).isEqualTo(ServerSettings.DEFAULT);
    assertThat(live.get().data()).isEqualTo(((Reading.Good) first()).settings().data());
  }

  @Test
  void a_file_that_goes_away_changes_nothing() throws Exception {
    Files.delete(file);

    await().untilAsserted(() -> assertThat(live.unusable()).isNotEmpty());
    assertThat(live.problems()).isNotEmpty();
    assertThat(autonomy()).isEqualTo(Autonomy.REVIEW);
  }

  private Autonomy autonomy() {
    return live.get().policy().autonomy();
  }

  /// As editors do it.
  private void replace(String text) throws Exception {
    var beside = Files.writeString(folder.resolve("millwright.yaml~"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Reading read() {
    return SettingsFile.read(file, place());
  }

  private Reading first() {
    return SettingsFile.read("", "millwright.yaml", place());
  }

  private Surroundings place() {
    return new Surroundings(folder, folder, Map.of());
  }
}
