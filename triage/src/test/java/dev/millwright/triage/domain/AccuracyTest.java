package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// How often triage is right, on tickets that a person has labelled. The floors are for the part
/// the rules were not made with.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccuracyTest {
  private static final Path PAGE = Path.of("../docs/triage.md");

  private Measured heldout = new Measured();
  private Measured tuning = new Measured();

  @BeforeAll
  void measure(@TempDir Path folder) throws IOException {
    heldout = Measured.of(Ticket.all("heldout"), folder.resolve("heldout"));
    tuning = Measured.of(Ticket.all("tuning"), folder.resolve("tuning"));
  }

  @Test
  void at_least_220_tickets_are_labelled_each_once() {
    assertThat(heldout.tickets).hasSizeGreaterThanOrEqualTo(110);
    assertThat(tuning.tickets).hasSizeGreaterThanOrEqualTo(110);
    assertThat(heldout.tickets).extracting(it -> it.ticket().id()).doesNotHaveDuplicates();
    assertThat(tuning.tickets).extracting(it -> it.ticket().id()).doesNotHaveDuplicates();
  }

  @Test
  void the_kind_is_right_in_more_than_five_of_six() {
    assertThat(heldout.kindAccuracy()).isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void nine_of_ten_sensitive_ones_are_found() {
    assertThat(heldout.sensitive().recall()).isGreaterThanOrEqualTo(0.9);
    assertThat(heldout.sensitive().precision()).isGreaterThanOrEqualTo(0.65);
  }

  @Test
  void whoever_wrote_enough_is_not_asked() {
    assertThat(heldout.unclear().recall()).isGreaterThanOrEqualTo(0.8);
    assertThat(heldout.unclear().precision()).isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void what_is_too_large_is_found_and_nothing_else_is_held_back_for_it() {
    assertThat(heldout.tooLarge().recall()).isGreaterThanOrEqualTo(0.8);
    assertThat(heldout.tooLarge().precision()).isGreaterThanOrEqualTo(0.8);
    assertThat(heldout.split().alarms()).isZero();
  }

  @Test
  void what_was_never_work_is_told_apart() {
    assertThat(heldout.nothingToDo().recall()).isGreaterThanOrEqualTo(0.75);
    assertThat(heldout.nothingToDo().alarms()).isZero();
  }

  @Test
  void duplicates_are_linked_and_nothing_is_dropped_by_mistake() {
    assertThat(heldout.found().recall()).isGreaterThanOrEqualTo(0.8);
    assertThat(heldout.found().alarms()).isLessThanOrEqualTo(3);
    assertThat(heldout.dropped().alarms()).isZero();
    assertThat(tuning.dropped().alarms()).isZero();
  }

  /// `-Dmillwright.write-docs=true` writes the tables instead of comparing them.
  @Test
  void the_page_shows_what_was_measured() throws IOException {
    var page = Files.readString(PAGE);
    var today = Page.with(page, heldout, tuning);
    if (Boolean.getBoolean("millwright.write-docs")) {
      Files.writeString(PAGE, today);
    }

    assertThat(PAGE).as("run with -Dmillwright.write-docs=true to write it").hasContent(today);
  }
}
