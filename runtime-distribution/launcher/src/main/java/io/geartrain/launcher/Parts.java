package io.geartrain.launcher;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Asks the parts of the node whether they are ready. Their service type lives in a bundle, out of
 * reach of the launcher's class loader, so it is called by name. Used by the main thread.
 */
final class Parts implements AutoCloseable {
  private static final String CHECK = "io.geartrain.spi.ReadinessCheck";
  private static final String HTTP_RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
  private static final String HTTP_ENDPOINT = "osgi.http.endpoint";

  private final BundleContext context;
  private final ServiceTracker<Object, Object> checks;

  Parts(BundleContext context) {
    this.context = context;
    this.checks = new ServiceTracker<>(context, CHECK, null);
    checks.open(true);
  }

  /**
   * State of a part.
   *
   * @param name of the part
   * @param ready whether it does its work
   * @param detail a few words
   */
  record State(String name, boolean ready, String detail) {}

  /** The state of every part that has announced itself. */
  List<State> states() {
    List<State> states = new ArrayList<>();
    for (Object check : checks.getServices(new Object[0])) {
      if (check != null) {
        states.add(ask(check));
      }
    }
    return states;
  }

  /** Where the HTTP server answers, without a slash at the end; empty until it does. */
  Optional<String> url() {
    ServiceReference<?> runtime = context.getServiceReference(HTTP_RUNTIME);
    Object endpoints = runtime == null ? null : runtime.getProperty(HTTP_ENDPOINT);
    if (endpoints instanceof String[] urls && urls.length > 0) {
      return Optional.of(urls[0].replaceAll("/+$", ""));
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    checks.close();
  }

  private static State ask(Object check) {
    try {
      Class<?> type = check.getClass().getClassLoader().loadClass(CHECK);
      String name = (String) type.getMethod("name").invoke(check);
      Method ask = type.getMethod("check");
      Object answer = ask.invoke(check);
      Class<?> answerType = ask.getReturnType();
      return new State(
          name,
          (boolean) answerType.getMethod("ready").invoke(answer),
          String.valueOf(answerType.getMethod("detail").invoke(answer)));
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new State(check.getClass().getName(), false, "its check fails: " + cause);
    }
  }
}
