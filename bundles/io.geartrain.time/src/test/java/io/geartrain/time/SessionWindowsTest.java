package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Aggregators;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SessionWindowsTest {
  @Property(tries = 500)
  void shouldCutWhereTheGapsAreInAnyOrder(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 150) Integer> timestamps,
      @ForAll @IntRange(min = 1, max = 15) int gap)
      throws Exception {
    SessionWindows<Integer, long[], Long> law = new SessionWindows<>(gap, Aggregators.counting());
    KeySessions<long[]> key = new KeySessions<>();

    for (int timestamp : timestamps) {
      law.add(key, timestamp, timestamp);
    }

    List<String> actual = new ArrayList<>();
    for (KeySessions.Session<long[]> session : List.copyOf(key.all())) {
      actual.add(session.start() + "-" + session.end() + ":" + law.close(session));
    }
    assertThat(actual).isEqualTo(oracle(timestamps, gap));
    assertThat(law.expire(key, 1000)).isTrue();
  }

  private static List<String> oracle(List<Integer> timestamps, int gap) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    timestamps.forEach(t -> counts.merge(t, 1L, Long::sum));
    List<String> sessions = new ArrayList<>();
    Integer start = null;
    int last = 0;
    long count = 0;
    for (Integer timestamp : counts.keySet()) {
      if (start != null && timestamp >= last + gap) {
        sessions.add(start + "-" + (last + gap) + ":" + count);
        start = null;
        count = 0;
      }
      start = start == null ? timestamp : start;
      last = timestamp;
      count += counts.get(timestamp);
    }
    if (start != null) {
      sessions.add(start + "-" + (last + gap) + ":" + count);
    }
    return sessions;
  }
}
