package io.geartrain.console.rest.internal.wiring;

import io.geartrain.client.ClusterException;
import io.geartrain.console.rest.internal.Dto;
import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Problems;
import io.geartrain.console.rest.internal.events.EventHub;
import io.geartrain.console.rest.internal.http.EventsServlet;
import io.geartrain.console.rest.internal.http.Gate;
import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.RequestGuard;
import jakarta.servlet.Servlet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the events; owns the two timer threads that serve all clients. */
@Component(name = "io.geartrain.console.rest.events", service = Servlet.class)
@Designate(ocd = EventsComponent.Config.class)
@HttpWhiteboardServletPattern(EventsServlet.PATH)
@HttpWhiteboardServletAsyncSupported
public final class EventsComponent extends EventsServlet {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(EventsComponent.class);

  /** Pace of the events. */
  @ObjectClassDefinition(name = "Geartrain events")
  public @interface Config {
    /** Milliseconds. */
    @AttributeDefinition(description = "Milliseconds between two looks at the cluster")
    long intervalMs() default 1000;

    /** Milliseconds. */
    @AttributeDefinition(description = "Milliseconds between two signs of life")
    long heartbeatMs() default 15_000;

    /** How many. */
    @AttributeDefinition(description = "Clients at one time; one more is told to come later")
    int maxClients() default 64;
  }

  private final transient EventHub hub;
  private final transient ScheduledExecutorService timers;

  /** Wires the events and starts the timers. */
  @Activate
  public EventsComponent(
      Config config,
      @Reference Node node,
      @Reference RequestGuard guard,
      @Reference Authenticator authenticator,
      @Reference AuditLog audit) {
    this(
        new EventHub(() -> state(node), config.maxClients()),
        new Gate(guard, authenticator, audit),
        timers(),
        config);
  }

  private EventsComponent(EventHub hub, Gate gate, ScheduledExecutorService timers, Config config) {
    super(hub, gate, () -> wake(hub, timers));
    this.hub = hub;
    this.timers = timers;
    timers.scheduleWithFixedDelay(
        () -> safely(hub::poll), config.intervalMs(), config.intervalMs(), TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(
        () -> safely(hub::beat), config.heartbeatMs(), config.heartbeatMs(), TimeUnit.MILLISECONDS);
  }

  /** Ends all streams. */
  @Deactivate
  public void stop() {
    timers.shutdownNow();
    hub.close();
  }

  private static Map<String, byte[]> state(Node node) {
    Json json = new Json();
    Map<String, byte[]> state = new LinkedHashMap<>();
    try {
      Dto.everything(node.cluster()).forEach((name, value) -> state.put(name, json.write(value)));
      state.put("problem", json.write(Map.of()));
    } catch (Problem e) {
      state.put("problem", json.write(Problems.document(e)));
    } catch (ClusterException e) {
      state.put("problem", json.write(Problems.document(Problems.of(e))));
    }
    return state;
  }

  private static void wake(EventHub hub, ScheduledExecutorService timers) {
    try {
      timers.execute(() -> safely(hub::poll));
    } catch (RejectedExecutionException e) {
      LOG.debug("The node stops; no events any more");
    }
  }

  /** A timer whose task throws would never run again. */
  private static void safely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("Sending events failed; the next try follows", e);
    }
  }

  private static ScheduledExecutorService timers() {
    return Executors.newScheduledThreadPool(
        2,
        task -> {
          Thread thread = new Thread(task, "gear-events");
          thread.setDaemon(true);
          return thread;
        });
  }
}
