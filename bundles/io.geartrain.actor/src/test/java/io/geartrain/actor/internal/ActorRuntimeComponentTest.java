package io.geartrain.actor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.Props;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.RoleFactory;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class ActorRuntimeComponentTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<ActorRuntime> registered = new CopyOnWriteArrayList<>();
  private final List<ActorRef> started = new CopyOnWriteArrayList<>();
  private final AtomicInteger stopped = new AtomicInteger();
  private final AtomicInteger unregistered = new AtomicInteger();
  private final RoleFactory factory = context -> Props.create(Role.class, () -> new Role(this));
  private final ActorRuntimeComponent component =
      new ActorRuntimeComponent(bundleContext(), config("worker"));

  @AfterEach
  void close() {
    component.close();
  }

  private BundleContext bundleContext() {
    return proxy(
        BundleContext.class,
        (method, arguments) ->
            switch (method) {
              case "getProperty" -> "node-7";
              case "registerService" -> {
                registered.add((ActorRuntime) arguments[1]);
                yield proxy(
                    ServiceRegistration.class,
                    (name, none) -> name.equals("unregister") ? count(unregistered) : null);
              }
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private static Object count(AtomicInteger counter) {
    counter.incrementAndGet();
    return null;
  }

  private interface Call {
    Object answer(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.answer(method.getName(), arguments)));
  }

  private static ActorRuntimeComponent.Config config(String... roles) {
    return new ActorRuntimeComponent.Config() {
      @Override
      public String[] roles() {
        return roles;
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return ActorRuntimeComponent.Config.class;
      }
    };
  }

  private void addWorker() {
    component.addRole(factory, Map.of(RoleFactory.ROLE, "worker"));
  }

  @Test
  void shouldOfferTheRuntimeWhenItRuns() {
    await().atMost(LIMIT).until(() -> registered.size() == 1);

    assertThat(registered.get(0).nodeId()).isEqualTo("node-7");
    assertThat(registered.get(0).roles()).containsExactly("worker");
    component.close();
    assertThat(unregistered).hasValue(1);
    assertThat(registered.get(0).system().whenTerminated().isCompleted()).isTrue();
  }

  @Test
  void shouldTakeRolesFromOneTextAndIgnoreWhatIsNone() {
    ActorRuntimeComponent other =
        new ActorRuntimeComponent(bundleContext(), config("worker, master,", "wizard"));

    await()
        .atMost(LIMIT)
        .until(() -> registered.stream().anyMatch(runtime -> runtime.roles().size() == 2));
    other.close();
  }

  @Test
  void shouldStopARoleBeforeItsFactoryGoes() {
    addWorker();
    await().atMost(LIMIT).until(() -> started.size() == 1);

    component.removeRole(factory);

    assertThat(stopped).hasValue(1);
  }

  @Test
  void shouldStartOnlyTheRolesOfTheNode() {
    component.addRole(factory, Map.of(RoleFactory.ROLE, "master"));
    addWorker();

    await().atMost(LIMIT).until(() -> started.size() == 1);
    assertThat(started.get(0).path().name()).startsWith("worker-");
  }

  @Test
  void shouldStartAgainAfterAFatalError() {
    addWorker();
    await().atMost(LIMIT).until(() -> started.size() == 1);

    // as a broken bundle may do; Akka ends the whole system
    started.get(0).tell(new WorkerRegistered(13), ActorRef.noSender());

    await().atMost(LIMIT).until(() -> registered.size() == 2 && started.size() == 2);
    assertThat(unregistered).hasValue(1);
  }

  static final class Role extends AbstractActor {
    private final ActorRuntimeComponentTest test;

    Role(ActorRuntimeComponentTest test) {
      this.test = test;
    }

    @Override
    public void preStart() {
      test.started.add(getSelf());
    }

    @Override
    public void postStop() {
      test.stopped.incrementAndGet();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              WorkerRegistered.class,
              message -> {
                throw new NoClassDefFoundError("gone");
              })
          .build();
    }
  }
}
