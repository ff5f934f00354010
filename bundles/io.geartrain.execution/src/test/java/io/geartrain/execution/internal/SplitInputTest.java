package io.geartrain.execution.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.time.SourcePace;
import io.geartrain.time.SplitWatermarks;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitInputTest {
  private static final long ALLOWED_MS = 1_000;

  private final SourcePace pace = new SourcePace();
  private final SplitWatermarks watermarks = new SplitWatermarks(0, 0, () -> 0);
  private ReadStatus status = ReadStatus.MORE;
  private int given;
  private final Emitter<Object> counting =
      new Emitter<>() {
        @Override
        public void emit(Object value) {
          given++;
        }

        @Override
        public void emit(Object value, long timestamp) {
          given++;
        }
      };

  @Test
  void shouldHoldUpNobodyAfterItGaveSomeAndSaidThatItIsIdle() throws Exception {
    SplitInput behind = split();
    SplitInput ahead = split();
    poll(behind, 0);
    poll(ahead, 0);
    poll(ahead, 1);
    for (long time = 2; time <= 100 * ALLOWED_MS; time += 10) {
      poll(ahead, time);
    }
    assertThat(ahead.isAhead(ALLOWED_MS)).isTrue();

    status = ReadStatus.idle(3_600_000);
    poll(behind, 5);
    assertThat(ahead.isAhead(ALLOWED_MS)).isFalse();

    status = ReadStatus.MORE;
    poll(behind, 6);
    assertThat(ahead.isAhead(ALLOWED_MS)).isTrue();
  }

  private void poll(SplitInput split, long time) throws Exception {
    given = 0;
    split.poll(counting, 10, 0);
    split.polled(time, given);
  }

  private SplitInput split() {
    return new SplitInput(
        new SourceSplit("s", Map.of()),
        new Reader(),
        watermarks.add(),
        new Demand(),
        pace.enter(() -> {}),
        0);
  }

  private final class Reader implements SplitReader<Object> {
    @Override
    public ReadStatus poll(Emitter<Object> out, int max) {
      out.emit("record");
      return status;
    }
  }
}
