package io.geartrain.security.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenAuthenticatorTest {
  private final ManualClock clock = new ManualClock();
  private final Secrets secrets = new Secrets(new Random(7));
  private final TokenAuthenticator authenticator =
      new TokenAuthenticator(
          "s3cret",
          new LoginCodes(clock, secrets, Duration.ofMinutes(10)),
          new Sessions(clock, secrets, Duration.ofHours(1), 10));

  @Test
  void shouldKnowTheAdminByTheToken() {
    assertThat(authenticator.authenticate("Bearer s3cret", null))
        .contains(new Principal("admin", Role.ADMIN));
  }

  @Test
  void shouldRefuseAnythingElse() {
    assertThat(authenticator.authenticate(null, null)).isEmpty();
    assertThat(authenticator.authenticate("Bearer ", null)).isEmpty();
    assertThat(authenticator.authenticate("Bearer wrong", null)).isEmpty();
    assertThat(authenticator.authenticate("Basic YWRtaW46YWRtaW4=", null)).isEmpty();
    assertThat(authenticator.authenticate("s3cret", null)).isEmpty();
    assertThat(authenticator.authenticate(null, "s3cret")).isEmpty();
  }

  @Test
  void shouldTurnACodeIntoASessionOfItsPrincipal() {
    Principal viewer = new Principal("guest", Role.VIEWER);
    String code = authenticator.issueCode(viewer);

    String session = authenticator.redeem(code).orElseThrow();

    assertThat(authenticator.authenticate(null, session)).contains(viewer);
    assertThat(authenticator.redeem(code)).isEmpty();
    authenticator.endSession(session);
    assertThat(authenticator.authenticate(null, session)).isEmpty();
  }

  @Test
  void shouldNotFallBackToTheSessionIfTheTokenIsWrong() {
    String session =
        authenticator.redeem(authenticator.issueCode(new Principal("a", Role.ADMIN))).orElseThrow();

    assertThat(authenticator.authenticate("Bearer wrong", session)).isEmpty();
  }
}
