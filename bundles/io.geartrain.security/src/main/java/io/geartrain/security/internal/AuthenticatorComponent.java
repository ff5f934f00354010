package io.geartrain.security.internal;

import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Wires the authenticator to the node's data folder. Thread-safe. */
@Component(name = "io.geartrain.security", service = Authenticator.class)
@Designate(ocd = AuthenticatorComponent.Config.class)
public final class AuthenticatorComponent implements Authenticator {
  /** How long logins last. */
  @ObjectClassDefinition(name = "Geartrain security")
  public @interface Config {
    /** Minutes. */
    @AttributeDefinition(description = "Minutes for which a login code is good")
    int codeValidityMinutes() default 10;

    /** Minutes. */
    @AttributeDefinition(description = "Minutes without a request after which a session ends")
    int sessionIdleMinutes() default 480;

    /** How many. */
    @AttributeDefinition(
        description = "Sessions at one time; one more ends the least recently used")
    int maxSessions() default 256;
  }

  private final Authenticator delegate;

  /** Reads the token, or makes it. */
  @Activate
  public AuthenticatorComponent(BundleContext context, Config config) throws IOException {
    Secrets secrets = new Secrets(new SecureRandom());
    Clock clock = Clock.systemUTC();
    String token =
        new TokenFile(dataFolder(context).resolve("security").resolve("token"), secrets)
            .readOrCreate();
    delegate =
        new TokenAuthenticator(
            token,
            new LoginCodes(clock, secrets, Duration.ofMinutes(config.codeValidityMinutes())),
            new Sessions(
                clock,
                secrets,
                Duration.ofMinutes(config.sessionIdleMinutes()),
                Math.max(1, config.maxSessions())));
  }

  private static Path dataFolder(BundleContext context) {
    String data = context.getProperty("gear.data");
    if (data != null) {
      return Path.of(data);
    }
    String home = context.getProperty("gear.home");
    if (home == null) {
      throw new IllegalStateException(
          "Neither gear.data nor gear.home is set; start the node by bin/gear.");
    }
    return Path.of(home, "data");
  }

  @Override
  public Optional<Principal> authenticate(String authorization, String session) {
    return delegate.authenticate(authorization, session);
  }

  @Override
  public String issueCode(Principal principal) {
    return delegate.issueCode(principal);
  }

  @Override
  public Optional<String> redeem(String code) {
    return delegate.redeem(code);
  }

  @Override
  public void endSession(String session) {
    delegate.endSession(session);
  }
}
