package io.geartrain.coordination.zookeeper.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class CoordinationComponentTest {

  @TempDir Path data;
  private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();
  private final Map<Class<?>, Object> details = new ConcurrentHashMap<>();
  private volatile Runnable onRegister = () -> {};

  @Test
  void shouldRegisterItsServicesWhenReadyAndTakeThemBack() throws Exception {
    CoordinationComponent component =
        new CoordinationComponent(context(data.toString()), new TestConfig(10_000));

    await().atMost(Duration.ofSeconds(30)).until(() -> services.size() == 3);
    assertThat(services)
        .containsOnlyKeys(MetadataStore.class, LeaderElection.class, Membership.class);
    assertThat(details.values()).containsOnly("embedded");
    await().atMost(Duration.ofSeconds(30)).until(() -> component.check().ready());
    assertThat(component.check().detail()).isEqualTo("embedded");
    ((MetadataStore) services.get(MetadataStore.class)).create("/a", new byte[0]);

    component.close();

    assertThat(services).isEmpty();
  }

  @Test
  void shouldAnswerWhetherItIsReadyWhileAnotherIsSlowToTakeAService() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    onRegister = () -> awaitUninterrupted(slow);
    CoordinationComponent component =
        new CoordinationComponent(context(data.toString()), new TestConfig(10_000));
    await().atMost(Duration.ofSeconds(30)).until(() -> !services.isEmpty());

    assertThat(component.check().ready()).isFalse();

    slow.countDown();
    await().atMost(Duration.ofSeconds(30)).until(() -> component.check().ready());
    component.close();
  }

  @Test
  void shouldStopWhileItStillStarts() throws Exception {
    new CoordinationComponent(context(data.toString()), new TestConfig(10_000)).close();

    assertThat(services).isEmpty();
  }

  @Test
  void shouldRefuseABadSetting() {
    assertThatThrownBy(() -> new CoordinationComponent(context(data.toString()), new TestConfig(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sessionTimeoutMs")
        .hasMessageContaining("1000");
    assertThatThrownBy(() -> new CoordinationComponent(context(null), new TestConfig(10_000)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gear.data");
  }

  private BundleContext context(String dataFolder) {
    return proxy(
        BundleContext.class,
        (method, args) ->
            switch (method) {
              case "getProperty" -> args[0].equals("gear.data") ? dataFolder : null;
              case "registerService" -> register((Class<?>) args[0], args[1], args[2]);
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private Object register(Class<?> type, Object service, Object properties) {
    services.put(type, service);
    details.put(type, ((Dictionary<?, ?>) properties).get(CoordinationComponent.DETAIL));
    onRegister.run();
    return proxy(ServiceRegistration.class, (method, args) -> services.remove(type) == null);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Call {
    Object answer(String method, Object[] args);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              Object answer = call.answer(method.getName(), args);
              return method.getReturnType() == void.class ? null : answer;
            }));
  }

  private record TestConfig(int sessionTimeoutMs) implements CoordinationComponent.Config {

    @Override
    public String connect() {
      return "embedded";
    }

    @Override
    public int clientPort() {
      return 0;
    }

    @Override
    public String secretFile() {
      return "";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return CoordinationComponent.Config.class;
    }
  }
}
