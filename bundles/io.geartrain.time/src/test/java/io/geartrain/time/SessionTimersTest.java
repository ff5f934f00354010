package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Aggregators;
import io.geartrain.time.KeySessions.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SessionTimersTest {
  private static final int KEYS = 3;

  private final Map<Integer, KeySessions<long[]>> keys = new HashMap<>();
  private SessionWindows<Integer, long[], Long> law;
  private SessionTimers<Integer> timers;
  private int latenessMs;
  private int closedUpTo = Integer.MIN_VALUE;

  @Test
  void shouldSetOneTimerForASessionThatGrows() throws Exception {
    begin(10, 0);
    for (int time = 0; time < 1_000; time++) {
      add(1, time);
      assertThat(timers.size()).isEqualTo(1);
    }

    assertThat(timers.poll(9)).isNull();
    assertThat(timers.poll(10).key()).isEqualTo(1);
    timers.set(1, keys.get(1));
    assertThat(timers.poll(1_008)).isNull();
    assertThat(timers.poll(1_009).key()).isEqualTo(1);
  }

  @Property(tries = 500)
  void shouldCloseAndForgetEverySessionInTime(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 299) Integer> records,
      @ForAll @IntRange(min = 1, max = 15) int gap,
      @ForAll @IntRange(min = 0, max = 20) int lateness)
      throws Exception {
    begin(gap, lateness);

    for (int i = 0; i < records.size(); i++) {
      int time = records.get(i) / KEYS;
      if (time + gap + lateness > closedUpTo) {
        add(records.get(i) % KEYS, time);
      }
      if (i % 4 == 3) {
        closeUpTo(Math.max(closedUpTo, time));
      }
    }
    closeUpTo(1_000);

    assertThat(keys).isEmpty();
    assertThat(timers.size()).isZero();
  }

  private void begin(int gap, int lateness) {
    law = new SessionWindows<>(gap, Aggregators.counting());
    timers = new SessionTimers<>(lateness);
    latenessMs = lateness;
    closedUpTo = Integer.MIN_VALUE;
    keys.clear();
  }

  private void add(int key, int time) throws Exception {
    KeySessions<long[]> sessions = keys.computeIfAbsent(key, k -> new KeySessions<>());
    Session<long[]> session = law.add(sessions, time, time);
    if (session.end() <= closedUpTo) {
      law.close(session);
    }
    timers.changed(key, sessions, session);
    checkAll();
  }

  private void closeUpTo(int time) throws Exception {
    closedUpTo = time;
    TimerQueue.Timer<Integer> timer = timers.poll(time);
    while (timer != null) {
      KeySessions<long[]> sessions = keys.get(timer.key());
      for (Session<long[]> session : sessions.all()) {
        if (session.end() <= time) {
          law.close(session);
        }
      }
      if (law.expire(sessions, time - latenessMs)) {
        keys.remove(timer.key());
      } else {
        timers.set(timer.key(), sessions);
      }
      timer = timers.poll(time);
    }
    checkAll();
  }

  private void checkAll() {
    assertThat(timers.size()).isEqualTo(keys.size());
    for (KeySessions<long[]> sessions : keys.values()) {
      for (Session<long[]> session : sessions.all()) {
        assertThat(session.end() + (session.closed() ? latenessMs : 0)).isGreaterThan(closedUpTo);
      }
    }
  }
}
