package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.Stall;
import io.geartrain.protocol.StallStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallBoardTest {
  private final StallBoard board = new StallBoard();

  @Test
  void shouldTellOfThoseThatHaveNotComeBackTheLongestFirst() {
    board.onStalled(stall("a/0", 5));
    board.onStalled(stall("b/0", 3));
    board.onStalled(stall("c/0", 4));

    board.onMoved("c/0");

    assertThat(board.status())
        .isEqualTo(new StallStatus(2, List.of(stall("b/0", 3), stall("a/0", 5))));
  }

  @Test
  void shouldCountAllButTellOfTheLongestOnlyWhereThereAreMany() {
    for (int i = 0; i < 100; i++) {
      board.onStalled(stall("a/" + i, 100 - i));
    }

    assertThat(board.status().tasks()).isEqualTo(100);
    assertThat(board.status().longest()).hasSize(StallBoard.MOST).startsWith(stall("a/99", 1));
  }

  @Test
  void shouldKeepTheInnermostFramesOfALongStack() {
    String frame = "\tat com.example.App.recurse(App.java:7)";
    String stack = "\tat com.example.App.innermost(App.java:9)" + ("\n" + frame).repeat(1_000);

    board.onStalled(new Stall("a/0", T0, "place", stack));

    assertThat(board.status().longest().get(0).stackTrace())
        .hasSizeLessThan(StallBoard.LONGEST_STACK_CHARS + 10)
        .startsWith("\tat com.example.App.innermost(App.java:9)\n")
        .endsWith(frame + "\n\t…");
  }

  @Test
  void shouldForgetAllWhenNothingRunsAnyMore() {
    board.onStalled(stall("a/0", 5));

    board.clear();

    assertThat(board.status()).isEqualTo(StallStatus.NONE);
  }

  private static Stall stall(String task, int second) {
    return new Stall(task, T0.plusSeconds(second), "App.loop(App.java:7)", "\tat App.loop");
  }
}
