package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Symphony's line about what agents say and a terminal shows.
class SymphonyTerminalTest {
  private static final String HOSTILE =
      "\u001b[2J\u001b]0;owned\u0007a\u009b31m\u202eb\r\u0000\u2028c\nd";

  @Test
  void C170_control_sequences_never_reach_the_terminal() {
    assertThat(Words.line(HOSTILE)).matches("[ -~]*").contains("a", "b", "c", "d");
    assertThat(Words.lines(HOSTILE).lines()).hasSize(2);
    assertThat(Words.lines(HOSTILE).chars())
        .noneMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e || c == 0x2028));
  }
}
