package io.geartrain.security.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoginCodesTest {
  private static final Principal ADMIN = new Principal("admin", Role.ADMIN);

  private final ManualClock clock = new ManualClock();
  private final LoginCodes codes =
      new LoginCodes(clock, new Secrets(new Random(7)), Duration.ofMinutes(10));

  @Test
  void shouldAcceptACodeOnce() {
    String code = codes.issue(ADMIN);

    assertThat(codes.redeem(code)).contains(ADMIN);
    assertThat(codes.redeem(code)).isEmpty();
  }

  @Test
  void shouldRefuseACodeAfterItsTime() {
    String inTime = codes.issue(ADMIN);
    String late = codes.issue(ADMIN);

    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(codes.redeem(inTime)).isPresent();
    clock.advance(Duration.ofMillis(1));

    assertThat(codes.redeem(late)).isEmpty();
  }

  @Test
  void shouldRefuseOtherTexts() {
    String code = codes.issue(ADMIN);

    assertThat(codes.redeem("")).isEmpty();
    assertThat(codes.redeem(code.substring(1))).isEmpty();
    assertThat(codes.redeem(code + "x")).isEmpty();
  }

  @Test
  void shouldDropTheOldestOfTooManyCodes() {
    String first = codes.issue(ADMIN);
    String second = codes.issue(ADMIN);
    for (int i = 0; i < 31; i++) {
      codes.issue(ADMIN);
    }

    assertThat(codes.redeem(first)).isEmpty();
    assertThat(codes.redeem(second)).isPresent();
  }

  @Test
  void shouldMakeCodesOf128Bits() {
    assertThat(codes.issue(ADMIN)).matches("[A-Za-z0-9_-]{22}");
  }
}
