package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.spi.ReadinessCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens coordination on a thread of its own and registers {@link MetadataStore}, {@link
 * LeaderElection} and {@link Membership} when they are ready, with the service property {@value
 * #DETAIL} for people to read: {@code embedded} or the connect string.
 */
@Component(name = CoordinationComponent.PID, service = ReadinessCheck.class, immediate = true)
@Designate(ocd = CoordinationComponent.Config.class)
public final class CoordinationComponent implements ReadinessCheck {

  static final String PID = "io.geartrain.coordination.zookeeper";
  static final String DETAIL = "gear.coordination";

  private static final Logger log = LoggerFactory.getLogger(CoordinationComponent.class);
  private static final String EMBEDDED = "embedded";
  private static final long CLOSE_WAIT_MS = 10_000;

  /** How this node reaches the coordination store. */
  @ObjectClassDefinition(
      name = "Geartrain coordination",
      description = "How this node reaches the coordination store, ZooKeeper.")
  @interface Config {

    @AttributeDefinition(
        name = "Ensemble",
        description =
            "'embedded' for a server in this node's JVM, or the connect string of an ensemble that"
                + " all nodes of the cluster share: host:2181,host:2181,host:2181")
    String connect() default EMBEDDED;

    @AttributeDefinition(
        name = "Port of the embedded server",
        description = "On the loopback address; 0 for any free port.")
    int clientPort() default 0;

    @AttributeDefinition(
        name = "Session time-out in ms",
        description = "How long a silent node counts as alive, 1000 to 120000.")
    int sessionTimeoutMs() default 10_000;

    @AttributeDefinition(
        name = "Secret file",
        description =
            "File with the secret of an external ensemble, the same on all nodes. Empty: what the"
                + " cluster keeps there is open to all who reach the ensemble. The embedded server"
                + " makes its own secret.")
    String secretFile() default "";
  }

  private final BundleContext context;
  private final ZooKeeperSettings settings;
  private final Thread starter;

  private final List<ServiceRegistration<?>> registrations = new CopyOnWriteArrayList<>();

  // written under this lock, which is never held while others are called
  private volatile ZooKeeperCoordination coordination;
  private volatile boolean closed;
  private volatile Readiness readiness;

  @Activate
  public CoordinationComponent(BundleContext context, Config config) {
    this.context = context;
    this.settings = settings(config, Path.of(required(context, "gear.data")));
    this.readiness = new Readiness(false, settings.description() + ", starts");
    this.starter = new Thread(this::open, "gear-coordination-start");
    starter.setDaemon(true);
    starter.start();
  }

  @Deactivate
  void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
    }
    if (settings.connect().isPresent()) {
      starter.interrupt(); // it may wait for the ensemble for ever
    }
    starter.join(CLOSE_WAIT_MS); // an embedded server is better started to the end, then stopped
    if (starter.isAlive()) {
      starter.interrupt();
      starter.join(CLOSE_WAIT_MS);
    }
    registrations.forEach(CoordinationComponent::unregister);
    ZooKeeperCoordination opened = coordination;
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public String name() {
    return "coordination";
  }

  @Override
  public Readiness check() {
    Readiness now = readiness;
    ZooKeeperCoordination opened = coordination;
    if (now.ready() && opened != null && !opened.store().session().connected()) {
      return new Readiness(false, settings.description() + ", out of reach");
    }
    return now;
  }

  private void open() {
    try {
      publish(ZooKeeperCoordination.open(settings, new SecureRandom()));
    } catch (InterruptedException e) {
      log.debug("Coordination was stopped before it was ready", e);
    } catch (IOException | RuntimeException e) {
      log.error("Coordination can't start: {}", e.toString(), e);
      fail(e);
    }
  }

  private void fail(Exception cause) {
    readiness = new Readiness(false, "can't start: " + cause.getMessage());
  }

  private void publish(ZooKeeperCoordination opened) {
    if (!keep(opened)) {
      opened.close();
      return;
    }
    register(MetadataStore.class, opened.store());
    register(LeaderElection.class, opened.election());
    register(Membership.class, opened.membership());
    readiness = new Readiness(true, settings.description());
    log.info("Coordination is ready: {} at {}", settings.description(), opened.connectString());
  }

  private synchronized boolean keep(ZooKeeperCoordination opened) {
    if (!closed) {
      coordination = opened;
    }
    return !closed;
  }

  private <S> void register(Class<S> type, S service) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(DETAIL, settings.description());
    ServiceRegistration<?> registration = context.registerService(type, service, properties);
    registrations.add(registration);
    if (closed) {
      unregister(registration);
    }
  }

  private static void unregister(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException gone) {
      log.debug("A service was unregistered already", gone);
    }
  }

  private static ZooKeeperSettings settings(Config config, Path data) {
    String connect = config.connect().strip();
    return new ZooKeeperSettings(
        connect.isEmpty() || connect.equals(EMBEDDED) ? Optional.empty() : Optional.of(connect),
        data.resolve("zookeeper"),
        config.clientPort(),
        config.sessionTimeoutMs(),
        config.secretFile().isBlank()
            ? Optional.empty()
            : Optional.of(Path.of(config.secretFile().strip())));
  }

  private static String required(BundleContext context, String property) {
    String value = context.getProperty(property);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "framework property " + property + " is not set; it names the folder for data");
    }
    return value;
  }
}
