package io.geartrain.security.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Principal VIEWER = new Principal("v", Role.VIEWER);

  private final ManualClock clock = new ManualClock();
  private final Sessions sessions =
      new Sessions(clock, new Secrets(new Random(7)), Duration.ofHours(1), 2);

  @Test
  void shouldKnowASessionUntilItEnds() {
    String id = sessions.start(VIEWER);

    assertThat(sessions.use(id)).contains(VIEWER);
    sessions.end(id);

    assertThat(sessions.use(id)).isEmpty();
  }

  @Test
  void shouldEndAnIdleSessionAndKeepAUsedOne() {
    String used = sessions.start(VIEWER);
    String idle = sessions.start(VIEWER);

    clock.advance(Duration.ofMinutes(59));
    sessions.use(used);
    clock.advance(Duration.ofMinutes(1));

    assertThat(sessions.use(idle)).isEmpty();
    assertThat(sessions.use(used)).isPresent();
  }

  @Test
  void shouldEndTheLeastRecentlyUsedOfTooManySessions() {
    String first = sessions.start(VIEWER);
    String second = sessions.start(VIEWER);
    sessions.use(first);

    sessions.start(VIEWER);

    assertThat(sessions.use(first)).isPresent();
    assertThat(sessions.use(second)).isEmpty();
  }
}
