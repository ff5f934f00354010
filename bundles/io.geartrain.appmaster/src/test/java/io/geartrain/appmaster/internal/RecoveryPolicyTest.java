package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.RECOVERY;
import static io.geartrain.appmaster.internal.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecoveryPolicyTest {
  private final RecoveryPolicy policy = new RecoveryPolicy(RECOVERY);

  @Test
  void shouldRestartWithAGrowingPause() {
    assertThat(policy.onFailure(of("a", "one"), T0)).contains(Duration.ofMillis(100));
    assertThat(policy.onFailure(of("b", "two"), at(1))).contains(Duration.ofMillis(200));
    assertThat(policy.onFailure(of("c", "three"), at(2))).contains(Duration.ofMillis(400));
    assertThat(policy.onFailure(of("d", "four"), at(3))).isEmpty();

    assertThat(policy.verdict().message()).isEqualTo("one");
    assertThat(policy.verdict().value()).isEqualTo("a");
    assertThat(policy.verdict().stackTrace()).isEqualTo("trace of one");
    assertThat(policy.verdict().hint()).contains("look", "after 3 restarts", "four");
  }

  @Test
  void shouldNotTryAgainWhatFailsTheSameWay() {
    assertThat(policy.onFailure(of("bad record", "boom"), T0)).isPresent();
    assertThat(policy.onFailure(of("bad record", "boom"), at(1))).isEmpty();

    assertThat(policy.verdict().value()).isEqualTo("bad record");
    assertThat(policy.verdict().timestamp()).isEqualTo(17);
    assertThat(policy.verdict().hint()).contains("failed the same way after 1 restart");
  }

  @Test
  void shouldUseAllRestartsWhereNoRecordIsAtFault() {
    Failure down = Failure.of("task-failed", "connection refused", "look");

    assertThat(policy.onFailure(down, T0)).contains(Duration.ofMillis(100));
    assertThat(policy.onFailure(down, at(1))).contains(Duration.ofMillis(200));
    assertThat(policy.onFailure(down, at(2))).contains(Duration.ofMillis(400));
    assertThat(policy.onFailure(down, at(3))).isEmpty();

    assertThat(policy.verdict().message()).isEqualTo("connection refused");
    assertThat(policy.verdict().hint()).isEqualTo("look; failed the same way after 3 restarts");
  }

  @Test
  void shouldNotTryAgainARecordThatIsAnEmptyText() {
    assertThat(policy.onFailure(of(null, "boom"), T0)).isPresent();
    assertThat(policy.onFailure(of(null, "boom"), at(1))).isEmpty();
  }

  @Test
  void shouldForgetWhatIsOlderThanTheWindow() {
    for (int i = 0; i < 20; i++) {
      assertThat(policy.onFailure(of("a", "boom"), at(i * 60))).contains(Duration.ofMillis(100));
    }
    assertThat(policy.total()).isEqualTo(20);
  }

  @Test
  void shouldNeverTryAgainWhatNoRestartMends() {
    Failure definition = Failure.of("definition-failed", "it threw", null);

    assertThat(policy.onFailure(definition, T0)).isEmpty();
    assertThat(policy.verdict()).isEqualTo(definition);
  }

  @Test
  void shouldNotRestartAtAllWithoutAttempts() {
    RecoveryPolicy none = new RecoveryPolicy(Samples.NO_RESTARTS);

    assertThat(none.onFailure(of("a", "boom"), T0)).isEmpty();
    assertThat(none.verdict()).isEqualTo(of("a", "boom"));
  }

  private static Instant at(int seconds) {
    return T0.plusSeconds(seconds);
  }

  private static Failure of(String value, String message) {
    return new Failure(
        "task-failed", "split", "split/0", value, 17L, message, "trace of " + message, "look");
  }
}
